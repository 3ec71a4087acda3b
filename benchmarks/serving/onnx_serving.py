"""The PyTorch classifier exported to ONNX, run by ONNX Runtime, with the Rust tokenizer."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import onnxruntime
import torch

from benchmarks.peers.torch_models import TransformerClassifier
from benchmarks.serving.requests import serve
from benchmarks.serving.rust_tokenizer import RustTokenizer


def prepare(
    folder: str, texts: str, sizes: dict, label_names: list[str]
) -> Callable[[dict], list[float]]:
    """Exports the model and opens a session; see `benchmarks.serving.torch_serving.prepare`."""
    session = _session(TransformerClassifier(sizes).eval())
    tokenizer = RustTokenizer(folder, sizes["max_length"])

    def answer(texts):
        (scores,) = session.run(None, {"ids": tokenizer(texts)})
        return [label_names[best] for best in scores.argmax(1)]

    return serve(answer, texts)


def _session(model):
    # The fused kernel of PyTorch's fast path has no counterpart in ONNX.
    torch.backends.mha.set_fastpath_enabled(False)
    options = onnxruntime.SessionOptions()
    if hasattr(os, "sched_getaffinity"):
        options.intra_op_num_threads = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.onnx")
        torch.onnx.export(
            model,
            (torch.randint(1, 9, (2, 7)),),
            path,
            input_names=["ids"],
            dynamic_shapes={"ids": {0: torch.export.Dim("B"), 1: torch.export.Dim("T")}},
            dynamo=True,
            verbose=False,
        )
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
