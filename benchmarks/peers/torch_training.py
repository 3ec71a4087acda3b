"""Epochs of a PyTorch model over stored batches, in a process of its own."""

import contextlib
import os
from collections.abc import Callable

import torch
from torch import nn

from benchmarks.peers.stored_batches import read_batches
from benchmarks.peers.torch_models import LSTMClassifier, TransformerClassifier


def prepare(
    batches: str,
    sizes: dict,
    bfloat16: bool = False,
    fused: bool = False,
    packed: bool = False,
    device: str = "cpu",
) -> Callable[[object], None]:
    """Builds the model and its optimizer.

    Args:
        batches: str. File of `write_batches`.
        sizes: dict. `model`, its sizes, `dropout` and `learning_rate`.
        bfloat16: bool. Whether autocast computes in it.
        fused: bool. Whether Adam is one fused kernel.
        packed: bool. Whether an LSTM gets packed sequences.
        device: str. `"cpu"` or `"cuda"`.

    Returns:
        Function that trains one epoch.
    """
    if hasattr(os, "sched_getaffinity"):
        torch.set_num_threads(len(os.sched_getaffinity(0)))
    torch.manual_seed(0)
    if sizes["model"] == "lstm":
        model = LSTMClassifier(sizes, packed=packed).to(device)
    else:
        model = TransformerClassifier(sizes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=sizes["learning_rate"], fused=fused)
    stored = [
        (torch.from_numpy(ids).long().to(device), torch.from_numpy(labels).long().to(device))
        for ids, labels in read_batches(batches)
    ]
    return lambda _: _epoch(model, optimizer, stored, bfloat16, device)


def _epoch(model, optimizer, stored, bfloat16, device):
    loss_of = nn.CrossEntropyLoss()
    for ids, labels in stored:
        optimizer.zero_grad(set_to_none=True)
        lower = torch.autocast(device, torch.bfloat16) if bfloat16 else contextlib.nullcontext()
        with lower:
            loss = loss_of(model(ids).float(), labels)
        loss.backward()
        optimizer.step()
    if device == "cuda":
        torch.cuda.synchronize()  # Kernels are only queued so far.
