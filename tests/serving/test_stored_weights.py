"""Weights in bfloat16: half the size, computed in float32, on the operations of a stock server."""

import numpy as np
import pytest
import tensorflow as tf

from keras_pe.serving.export_report import report_exports
from keras_pe.serving.saved_model import write_saved_model
from keras_pe.serving.served import ServedClassifier
from keras_pe.serving.stored_weights import WEIGHT_TOLERANCES, stored_weights

TOPICS = ["World", "Sports", "Business", "Tech"]


@pytest.fixture(scope="module", params=["rotary", "lstm"])
def rounded(request, news_model, news_tokenizer, tmp_path_factory):
    """The key of a model, and its export with rounded weights."""
    folder = tmp_path_factory.mktemp("rounded") / request.param
    model = news_model(request.param)
    version = write_saved_model(
        model, news_tokenizer, TOPICS, folder, max_length=48, weights="bfloat16"
    )
    return request.param, version


def stored_bytes(version):
    (data,) = (version / "variables").glob("variables.data-*")
    return data.stat().st_size


@pytest.mark.slow
def test_half_the_size_and_near(rounded, news_model, news_version, news_tokenizer, news):
    kind, version = rounded
    exact = ServedClassifier(news_version(kind))
    scores = ServedClassifier(version).predict(news[:100])[1]
    difference = np.abs(scores - exact.predict(news[:100])[1]).max()

    assert 1e-6 < difference < WEIGHT_TOLERANCES["bfloat16"]
    assert stored_bytes(version) < 0.6 * stored_bytes(exact.folder)
    # What it computes is what float32 gives for rounded weights, and not less exact.
    model = news_model(kind)
    kept = model.get_weights()
    try:
        model.set_weights([tf.cast(tf.cast(w, "bfloat16"), "float32").numpy() for w in kept])
        ids = news_tokenizer.pad(news_tokenizer.encode(tf.constant(news[:100]), 48))
        expected = model(ids, training=False).numpy()
    finally:
        model.set_weights(kept)
    np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-5)


@pytest.mark.slow
def test_a_report_compares_exports_with_the_model(rounded, news_version, news_tokenizer):
    kind, version = rounded
    exact = ServedClassifier(news_version(kind))

    class Keras:
        text_pairs = False
        tokenizer = news_tokenizer

        def predict(self, texts):
            return exact.predict(texts)

    of_exact, of_rounded = report_exports([exact, ServedClassifier(version)], Keras())
    assert (of_exact.same, of_exact.texts, of_exact.difference) == (64, 64, 0.0)
    assert 0 < of_rounded.difference < WEIGHT_TOLERANCES["bfloat16"]
    assert of_rounded.size_bytes == sum(f.stat().st_size for f in version.rglob("*") if f.is_file())
    assert of_rounded.milliseconds > 0
    assert "64 of 64 answers as Keras, scores within 0.0e+00" in str(of_exact)


def test_other_types_are_refused(news_model):
    with pytest.raises(ValueError, match="`weights` must be one of: float32, bfloat16. .*'int8'"):
        stored_weights(news_model("lstm"), "int8")
