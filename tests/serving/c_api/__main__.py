"""Answers texts in a process without any Python of TensorFlow's.

    python -m tests.serving.c_api PACKAGES VERSION_FOLDER < texts.json

Reads a JSON list of texts as hexadecimal bytes, writes labels, scores, and what was imported.
"""

import json
import sys

from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel

library = LibTensorFlow(sys.argv[1])
texts = [bytes.fromhex(text) for text in json.load(sys.stdin)]
answer = LoadedModel(library, sys.argv[2]).run("serving_default", {"text": texts})
json.dump(
    {
        "version": library.version,
        "label": [label.decode() for label in answer["label"]],
        "scores": answer["scores"].tolist(),
        "imported": sorted({name.split(".")[0] for name in sys.modules}),
    },
    sys.stdout,
)
