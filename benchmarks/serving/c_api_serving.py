"""Our exported SavedModel through TensorFlow's C API, as a server runs it: no Python of its."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

from benchmarks.serving.requests import serve
from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel
from tests.serving.c_api.warm_up import warm_up_requests


def prepare(folder: str, texts: str, warmed_up: bool) -> Callable[[dict], list[float]]:
    """Loads the export.

    Args:
        folder: str. What `benchmarks.serving.stored_classifier` wrote.
        texts: str. File of the texts to ask for.
        warmed_up: bool. Whether the export has answered its warm-up requests before.
    """
    version = Path(folder) / "exported" / "1"
    # Where the libraries stand: what is found is not imported.
    packages = Path(importlib.util.find_spec("tensorflow").origin).parents[1]
    model = LoadedModel(LibTensorFlow(packages), version)
    if warmed_up:
        for signature, inputs, outputs in warm_up_requests(version):
            model.run(signature, inputs, outputs)

    def answer(texts):
        # All outputs, as a server does: a session prepares each set of outputs by itself.
        answers = model.run("serving_default", {"text": [text.encode() for text in texts]})
        return [label.decode() for label in answers["label"]]

    return serve(answer, texts)
