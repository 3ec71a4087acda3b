"""The names of what a classifier can be exported to."""

import functools

from keras_pe.serving.saved_model import write_saved_model
from keras_pe.serving.targets.litert import write_litert
from keras_pe.serving.targets.onnx import write_onnx

# Each takes an `ExportConfig` and the `RunFacts`, and gives what writes.
TARGETS = {
    "saved_model": lambda c, facts: functools.partial(
        write_saved_model, weights=c.weights, facts=facts
    ),
    "litert": lambda c, facts: functools.partial(
        write_litert, quantization=c.quantization, length=c.length
    ),
    "onnx": lambda c, facts: write_onnx,
}
