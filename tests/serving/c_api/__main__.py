"""Does what a server does with a version, in a process without any Python of TensorFlow's.

    python -m tests.serving.c_api PACKAGES VERSION_FOLDER < texts.json

Loads it, answers its warm-up requests, then texts: a JSON list of their bytes as hexadecimals.
Writes labels, scores, what it was warmed up with, and which packages were imported.
"""

import json
import pathlib
import sys

import numpy as np

from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel
from tests.serving.c_api.warm_up import warm_up_requests

version = pathlib.Path(sys.argv[2])
library = LibTensorFlow(sys.argv[1])
model = LoadedModel(library, version)
warmed_up = []
for signature, inputs, outputs in warm_up_requests(version):
    answer = model.run(signature, inputs, outputs)
    finite = all(a.dtype == object or np.isfinite(a).all() for a in answer.values())
    rows = {len(array) for array in (*inputs.values(), *answer.values())}
    warmed_up.append([signature, finite and len(rows) == 1])
texts = [bytes.fromhex(text) for text in json.load(sys.stdin)]
answer = model.run("serving_default", {"text": texts})
json.dump(
    {
        "version": library.version,
        "warmed_up": warmed_up,
        "label": [label.decode() for label in answer["label"]],
        "scores": answer["scores"].tolist(),
        "imported": sorted({name.split(".")[0] for name in sys.modules}),
    },
    sys.stdout,
)
