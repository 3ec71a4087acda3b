import pytest

from keras_pe.config import ExportConfig


def test_several_targets_are_named_by_comma():
    assert ExportConfig().targets == ("saved_model",)
    assert ExportConfig(target="litert, onnx").targets == ("litert", "onnx")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"target": "tflite"}, r"`target` must be of: saved_model, litert, onnx. .*'tflite'"),
        ({"target": "onnx,onnx"}, r"`target` must name each once. .*target='onnx,onnx'"),
        ({"quantization": "int4"}, r"`quantization` must be one of: none, float16, dynamic_int8"),
        ({"quantization": "float16"}, r"`quantization` has no effect without the target litert"),
        ({"length": "fixed", "target": "onnx"}, r"`length` has no effect without .* litert"),
        (
            {"weights": "bfloat16", "target": "litert"},
            r"`weights` has no effect without the target saved_model. Received: weights='bfloat16'",
        ),
    ],
)  # fmt: skip
def test_settings_that_say_nothing_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        ExportConfig(**settings)
