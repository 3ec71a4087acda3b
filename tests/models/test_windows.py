"""Long texts in windows: each is read as a text, and what was read becomes one answer."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.models import build_classifier

# Of 16 tokens, 14 of the text, 11 of them new: windows begin at 0, 11 and 22.
LONG = [2, *(4 + (7 * n) % 15 for n in range(30)), 3]
WINDOWS = [[2, *LONG[1 + start : 15 + start][: 30 - start], 3] for start in (0, 11, 22)]
SHORT = [2, 9, 4, 17, 3]
WINDOWED = {"truncation": "window", "window_overlap": 3}
CLOSE = {"rtol": 0, "atol": 2e-6}


def padded(*rows):
    length = max(map(len, rows))
    return np.array([row + [0] * (length - len(row)) for row in rows], "int32")


def answers(model, rows):
    return ops.convert_to_numpy(model(rows))


def window_vectors(model):
    """The vectors of the three windows, [3, D], by a model that knows of no windows."""
    below_head = keras.Model(model.input, model.get_layer("logits").input)
    return ops.convert_to_numpy(below_head(padded(*WINDOWS)))


def headed(model, vector):
    """What the head of a model makes of one vector, [C]."""
    weights, bias = map(ops.convert_to_numpy, model.get_layer("logits").weights)
    exponentials = np.exp(vector @ weights + bias)
    return exponentials / exponentials.sum()


def test_the_windows_of_the_test_cover_the_text():
    assert [len(window) for window in WINDOWS] == [16, 16, 10]


def test_every_encoding_answers_with_the_mean_of_the_windows(case, model, tiny, compiled_on_jax):
    windowed = build_classifier(tiny(*case, **WINDOWED))
    windowed.set_weights(model.get_weights())
    run = compiled_on_jax(windowed)
    found = answers(run, padded(LONG, SHORT))
    expected = headed(model, window_vectors(model).mean(axis=0))
    np.testing.assert_allclose(found[0], expected, **CLOSE)
    np.testing.assert_allclose(found[1:], answers(model, padded(SHORT)), **CLOSE)


@pytest.fixture(params=["lstm", "transformer"])
def pair(request, tiny, perturb):
    """Function from a pooling to models without and with windows that share their weights."""

    def build(pooling, **changes):
        windowed = build_classifier(
            tiny("sinusoidal", request.param, window_pooling=pooling, **WINDOWED, **changes)
        )
        perturb(windowed)
        whole = build_classifier(tiny("sinusoidal", request.param, **changes))
        own = [weight for weight in windowed.weights if "window_pooling" not in weight.path]
        whole.set_weights([ops.convert_to_numpy(weight) for weight in own])
        return whole, windowed

    return build


def test_the_largest_value_of_all_windows(pair):
    whole, windowed = pair("max")
    expected = headed(whole, window_vectors(whole).max(axis=0))
    np.testing.assert_allclose(answers(windowed, padded(LONG))[0], expected, **CLOSE)


def test_an_average_with_learned_weights(pair):
    whole, windowed = pair("attention")
    (query,) = windowed.get_layer("window_pooling").weights
    vectors = window_vectors(whole)
    weights = np.exp(vectors @ ops.convert_to_numpy(query)[:, 0])
    expected = headed(whole, weights @ vectors / weights.sum())
    np.testing.assert_allclose(answers(windowed, padded(LONG))[0], expected, **CLOSE)


@pytest.mark.parametrize("pooling", ["mean", "max", "attention"])
def test_padding_and_neighbours_change_nothing(pair, pooling):
    _, windowed = pair(pooling)
    alone = np.concatenate([answers(windowed, padded(row)) for row in (LONG, SHORT)])
    batch = padded(LONG, SHORT, [5] * 70)
    np.testing.assert_allclose(answers(windowed, batch)[:2], alone, **CLOSE)
    on_the_left = np.array([np.concatenate([row[row == 0], row[row != 0]]) for row in batch])
    np.testing.assert_allclose(answers(windowed, on_the_left)[:2], alone, **CLOSE)


@pytest.mark.parametrize("pooling", ["mean", "max", "attention"])
@pytest.mark.parametrize("precision", ["float32", "mixed_bfloat16"])
def test_a_text_of_one_window_is_answered_as_without_windows(pair, pooling, precision):
    keras.config.set_dtype_policy(precision)
    whole, windowed = pair(pooling)
    rows = padded(LONG[:16], SHORT, [0])
    np.testing.assert_array_equal(answers(windowed, rows), answers(whole, rows))


def test_a_saved_model_cuts_the_same_windows(pair, tmp_path):
    _, windowed = pair("attention", max_length=9)
    windowed.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    rows = padded(LONG, SHORT)
    np.testing.assert_array_equal(answers(loaded, rows), answers(windowed, rows))
    assert loaded.get_layer("text_windows").get_config()["overlap"] == 3


def test_all_windows_are_trained(pair):
    """What stands in the last window alone moves the weights, too."""
    _, windowed = pair("attention")
    before = ops.convert_to_numpy(windowed.get_layer("token_embedding").weights[0])
    windowed.compile(keras.optimizers.SGD(1.0), "sparse_categorical_crossentropy")
    rows = padded([2, *[4] * 29, 19, 3], SHORT)
    assert np.isfinite(windowed.train_on_batch(rows, np.array([1, 0])))
    moved = ops.convert_to_numpy(windowed.get_layer("token_embedding").weights[0]) - before
    assert np.abs(moved[19]).max() > 0
    assert np.abs(moved[18]).max() == 0


def test_neighbours_share_a_quarter_if_nothing_is_said(tiny):
    model = build_classifier(tiny("none", "lstm", truncation="window"))
    config = model.get_layer("text_windows").get_config()
    assert (config["window_length"], config["overlap"]) == (16, 4)


@pytest.mark.parametrize(
    ("setting", "value"), [("window_overlap", 3), ("window_pooling", "max"), ("max_windows", 3)]
)
def test_settings_of_windows_have_no_effect_without_them(tiny, setting, value):
    said = f"`{setting}` has no effect with .* truncation='tail', .* Received: {setting}={value!r}"
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny("none", "lstm", truncation="tail", **{setting: value}))


def test_all_settings_of_windows_are_read(tiny):
    settings = {**WINDOWED, "window_pooling": "max", "max_windows": 3, "inference_length": 99}
    assert build_classifier(tiny("none", "lstm", **settings)).output_shape == (None, 3)


def test_a_learned_table_need_not_be_longer_than_a_window(tiny):
    model = build_classifier(tiny("learned", "transformer", inference_length=99, **WINDOWED))
    assert model.get_layer("encoder").position.max_length == 16
