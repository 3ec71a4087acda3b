"""ONNX: names, open batch and length, and what tf2onnx does not know by itself."""

import keras
import numpy as np
import onnxruntime
import pytest

from keras_pe.serving.targets.onnx import MODEL, write_onnx
from keras_pe.serving.targets.onnx_classifier import ONNXClassifier


class Log1p(keras.layers.Layer):
    """log(1 + |x|), as a bias of distances uses it."""

    def call(self, x):
        return keras.ops.log1p(keras.ops.abs(x))


@pytest.mark.parametrize("kind", ["rotary", "lstm"])
def test_inputs_and_outputs_have_their_names_and_open_sizes(kind, news_export):
    session = onnxruntime.InferenceSession(str(news_export("onnx", kind) / MODEL))
    (ids,), (scores,) = session.get_inputs(), session.get_outputs()
    assert (ids.name, ids.type, scores.name) == ("token_ids", "tensor(int32)", "scores")
    assert not [size for size in ids.shape if isinstance(size, int)]
    for shape in ((1, 1), (3, 48), (5, 7)):
        found = session.run(["scores"], {"token_ids": np.full(shape, 5, np.int32)})[0]
        assert found.shape == (shape[0], 4)
        np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-5)


def test_operations_that_tf2onnx_lacks_are_exact(build, tokenizer, labels, tmp_path):
    layers = [
        keras.layers.GlobalMaxPooling1D(),
        # Keras computes the exact GELU with erfc.
        keras.layers.Dense(8, activation=lambda x: keras.activations.gelu(x, approximate=False)),
        Log1p(),
    ]
    model = build(*layers, mask_zero=False)
    reader = ONNXClassifier(
        write_onnx(model, tokenizer, labels, tmp_path, max_length=16, check_texts=["good film"])
    )
    ids = tokenizer.pad(tokenizer.encode(["a bad film !"], 16))
    expected = model(ids, training=False).numpy()
    np.testing.assert_allclose(reader.predict(["a bad film !"])[1], expected, rtol=0, atol=1e-6)
