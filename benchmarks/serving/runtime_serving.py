"""Our classifier exported to LiteRT or ONNX, as it is read there."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.serving.requests import serve
from benchmarks.serving.rust_tokenizer import RustTokenizer
from keras_pe.serving.exported import open_exported


def prepare(folder: str, texts: str, export: str, rust: bool) -> Callable[[dict], list[float]]:
    """Opens an export.

    Args:
        folder: str. What `benchmarks.serving.stored_classifier` wrote.
        texts: str. File of the texts to ask for.
        export: str. Folder of the export in it.
        rust: bool. The Rust tokenizer in front, instead of our own in plain Python.
    """
    reader = open_exported(Path(folder) / export)
    if not rust:
        return serve(lambda texts: reader.predict(texts)[0], texts)
    tokenizer = RustTokenizer(folder, reader.max_length)

    def answer(texts):
        return reader.predictions.decide(reader.run(tokenizer(texts)))

    return serve(answer, texts)
