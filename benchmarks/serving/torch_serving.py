"""The classifier of the same sizes in PyTorch, with the Rust tokenizer."""

import os
from collections.abc import Callable

import torch

from benchmarks.peers.torch_models import TransformerClassifier
from benchmarks.serving.requests import serve
from benchmarks.serving.rust_tokenizer import RustTokenizer


def prepare(
    folder: str, texts: str, sizes: dict, label_names: list[str], compiled: bool = False
) -> Callable[[dict], list[float]]:
    """Builds the model; its weights are random, which costs the same.

    Args:
        folder: str. Holds the vocabulary.
        texts: str. File of the texts to ask for.
        sizes: dict. As `benchmarks.peers.contestants.sizes` returns them.
        label_names: the classes.
        compiled: bool. Whether `torch.compile` compiles it, for any batch and length.
    """
    if hasattr(os, "sched_getaffinity"):
        torch.set_num_threads(len(os.sched_getaffinity(0)))
    model = TransformerClassifier(sizes).eval()
    run = torch.compile(model, dynamic=True) if compiled else model
    tokenizer = RustTokenizer(folder, sizes["max_length"])

    def answer(texts):
        with torch.inference_mode():
            scores = run(torch.from_numpy(tokenizer(texts))).softmax(1)
        return [label_names[best] for best in scores.argmax(1).tolist()]

    return serve(answer, texts)
