"""The names of what a classifier can be exported to."""

import functools

from keras_pe.serving.saved_model import write_saved_model
from keras_pe.serving.targets.litert import CALIBRATION_TEXTS, write_litert
from keras_pe.serving.targets.onnx import write_onnx

# Each takes an `ExportConfig`, the `RunFacts`, and a function from a number to token ids of as many
# training texts; and gives what writes.
TARGETS = {
    "saved_model": lambda c, facts, ids: functools.partial(
        write_saved_model, weights=c.weights, facts=facts
    ),
    "litert": lambda c, facts, ids: functools.partial(
        write_litert,
        quantization=c.quantization,
        length=c.length,
        calibration=ids(2 * CALIBRATION_TEXTS) if c.quantization == "calibrated_int8" else (),
    ),
    "onnx": lambda c, facts, ids: write_onnx,
}
