"""Opens whatever was exported."""

from pathlib import Path

from keras_pe.serving.targets.token_folder import TokenFolder


def open_exported(folder: str | Path):
    """Returns a reader of an export: `ServedClassifier`, `LiteRTClassifier` or `ONNXClassifier`.

    Args:
        folder: a version folder, or one of versions, of which the highest is taken.

    Raises:
        FileNotFoundError: if there is no such folder.
        ValueError: if it holds no export of keras_pe.
        ImportError: if what runs it is not installed.
    """
    found = TokenFolder.find(folder)
    kind = found.description.get("kind") if found else "saved_model"
    return READERS.get(kind, READERS["saved_model"])(folder)


def _saved_model(folder):
    from keras_pe.serving.served import ServedClassifier

    return ServedClassifier(folder)


def _litert(folder):
    from keras_pe.serving.targets.litert_classifier import LiteRTClassifier

    return LiteRTClassifier(folder)


def _onnx(folder):
    from keras_pe.serving.targets.onnx_classifier import ONNXClassifier

    return ONNXClassifier(folder)


# Each imports what it needs: LiteRT and ONNX Runtime run where no TensorFlow is installed.
READERS = {"saved_model": _saved_model, "litert": _litert, "onnx": _onnx}
