"""Position sources inside models: before an LSTM, inside an encoder, compiled and saved."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    ALiBi,
    AugmentedPositions,
    InterpolatedPositions,
    RandomizedPositions,
    RotaryPositionEncoding,
    ShiftedPositions,
    SinusoidalPositionEncoding,
    TransformerEncoder,
)

SOURCES = {
    "augmented": lambda: AugmentedPositions(seed=1),
    "interpolated": lambda: InterpolatedPositions(max_length=3),
    "randomized": lambda: RandomizedPositions(64, seed=1),
    "shifted": lambda: ShiftedPositions(50, seed=1),
}
IDS = np.array([[5, 3, 8, 2, 0, 0, 0], [0, 0, 0, 5, 3, 8, 2], [5, 0, 3, 0, 8, 2, 0]])
ALONE = np.array([[5, 3, 8, 2]])


def classifier(source, kind):
    ids = keras.Input((None,), dtype="int32")
    tokens = keras.layers.Embedding(9, 8, mask_zero=True)(ids)
    if kind == "lstm":
        tokens = SinusoidalPositionEncoding()(tokens, positions=source(tokens))
        return keras.Model(ids, keras.layers.LSTM(3)(tokens))
    position = ALiBi(2) if kind == "alibi" else RotaryPositionEncoding()
    tokens = TransformerEncoder(1, 2, 8, position=position, position_source=source)(tokens)
    return keras.Model(ids, keras.layers.LSTM(3)(tokens))


def numpy_of(values):
    return ops.convert_to_numpy(values)


@pytest.mark.parametrize("kind", ["lstm", "alibi", "rotary"])
@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_padding_and_saving_change_no_answer(source, kind, tmp_path):
    model = classifier(source(), kind)
    alone = numpy_of(model(ALONE))
    np.testing.assert_allclose(numpy_of(model(IDS)), np.repeat(alone, 3, axis=0), atol=1e-5)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(numpy_of(loaded(ALONE)), alone)


@pytest.mark.parametrize("explicit", [True, False], ids=["given mask", "mask of the tokens"])
def test_given_positions_of_padding_make_no_text_longer(explicit):
    given = np.array([[0, 1, 2, 3, 90, 90, 90], [90, 90, 90, 0, 1, 2, 3], [0, 90, 1, 90, 2, 3, 90]])
    tokens = IDS if explicit else keras.layers.Embedding(9, 8, mask_zero=True)(IDS)
    mask = {"mask": IDS > 0} if explicit else {}
    found = numpy_of(InterpolatedPositions(max_length=3)(tokens, positions=given, **mask))
    # The last token stands at 3, the last trained position is 2.
    for row, ids in zip(found, IDS, strict=True):
        np.testing.assert_allclose(row[ids > 0], np.arange(4) * 2 / 3, rtol=1e-6)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_model_with_moved_positions_trains(source):
    model = classifier(source(), "rotary")
    eager = keras.backend.backend() == "tensorflow"  # Tracing takes ten times as long.
    model.compile("adam", "mse", run_eagerly=eager)
    losses = model.fit(IDS, np.ones((3, 3)), epochs=2, verbose=0).history["loss"]
    assert np.isfinite(losses).all()


@pytest.mark.parametrize("name", ["augmented", "randomized", "shifted"])
def test_an_absolute_encoding_sees_the_draw_in_training_only(name):
    encoder = TransformerEncoder(
        1, 2, 8, position=SinusoidalPositionEncoding(), position_source=SOURCES[name]()
    )
    tokens = np.random.default_rng(0).normal(size=(2, 5, 8)).astype("float32")
    still = [numpy_of(encoder(tokens)) for _ in range(2)]
    np.testing.assert_array_equal(*still)
    drawn = [numpy_of(encoder(tokens, training=True)) for _ in range(2)]
    assert np.abs(drawn[0] - drawn[1]).max() > 1e-3


def test_a_shift_changes_nothing_for_an_encoding_of_distances():
    source = ShiftedPositions(50, seed=1)
    encoder = TransformerEncoder(1, 2, 8, position=ALiBi(2), position_source=source)
    tokens = np.random.default_rng(0).normal(size=(2, 5, 8)).astype("float32")
    shifted = numpy_of(encoder(tokens, training=True))
    np.testing.assert_allclose(shifted, numpy_of(encoder(tokens)), atol=1e-5)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="XLA through tf.function")
@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_sources_compile_with_xla(source):
    import tensorflow as tf

    source = source()
    tokens, mask = np.zeros((3, 7, 2), "float32"), IDS != 0
    run = tf.function(lambda t, m: source(t, mask=m, training=False), jit_compile=True)
    np.testing.assert_allclose(run(tokens, mask), source(tokens, mask=mask), rtol=1e-6)
    train = tf.function(lambda t, m: source(t, mask=m, training=True), jit_compile=True)
    assert np.isfinite(train(tokens, mask)).all()
