"""Models of pairs: a learned vector tells the second text from the first."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.models import build_classifier

PAIR, SWAPPED = [2, 9, 4, 3, 17, 3], [2, 17, 3, 9, 4, 3]
CLOSE = {"rtol": 0, "atol": 2e-6}


def answers(model, *rows):
    return ops.convert_to_numpy(model(np.array(rows, "int32")))


@pytest.fixture(params=["lstm", "transformer"])
def pair_model(request, tiny, perturb):
    return perturb(build_classifier(tiny("sinusoidal", request.param, text_pairs=True)))


def test_vectors_of_the_texts_are_added_to_those_of_the_tokens(pair_model, tiny):
    model = "lstm" if "lstm" in pair_model.name else "transformer"
    plain = build_classifier(tiny("sinusoidal", model))
    (segments,) = map(ops.convert_to_numpy, pair_model.get_layer("segment_embedding").weights)
    weights = [w for w in pair_model.weights if "segment_embedding" not in w.path]
    plain.set_weights([ops.convert_to_numpy(weight) for weight in weights])
    table = ops.convert_to_numpy(plain.get_layer("token_embedding").weights[0])
    # Row n + 10 of a table of twice the rows is token n in the second text.
    moved = np.concatenate([table[:10] + segments[0], table[:10] + segments[1]])
    plain.get_layer("token_embedding").set_weights([moved])
    expected = answers(plain, [2, 9, 4, 3, 15, 13])
    np.testing.assert_allclose(answers(pair_model, [2, 9, 4, 3, 5, 3]), expected, **CLOSE)


def test_the_order_of_the_texts_counts(tiny, perturb):
    # A Transformer without positions: nothing but the vectors of the texts tells them apart.
    model = perturb(build_classifier(tiny("none", "transformer", text_pairs=True)))
    found = answers(model, PAIR, SWAPPED)
    assert np.abs(found[0] - found[1]).max() > 1e-3


def test_padding_and_neighbours_change_nothing(pair_model):
    alone = answers(pair_model, PAIR)[0]
    batch = [[*PAIR, 0, 0, 0], [0, 0, 0, *PAIR], [2, 5, 6, 7, 3, 8, 9, 10, 3]]
    for found in answers(pair_model, *batch)[:2]:
        np.testing.assert_allclose(found, alone, **CLOSE)


WINDOWED = {
    "text_pairs": True, "truncation": "window", "window_overlap": 3, "second_length": 4,
}  # fmt: skip
# 16 tokens, 4 of them of the second text: 9 of the first, 6 of them new. Windows begin at 0, 6, 12.
LONG, SECOND = [4 + (7 * n) % 15 for n in range(20)], [8, 5, 11, 6]
WINDOWS = [[2, *LONG[start : start + 9], 3, *SECOND, 3] for start in (0, 6, 12)]


@pytest.mark.parametrize("pooling", ["mean", "max"])
def test_windows_of_the_first_text_are_read_as_pairs_with_the_second(pair_model, tiny, pooling):
    kind = "lstm" if "lstm" in pair_model.name else "transformer"
    windowed = build_classifier(tiny("sinusoidal", kind, window_pooling=pooling, **WINDOWED))
    windowed.set_weights(pair_model.get_weights())
    assert [len(window) for window in WINDOWS] == [16, 16, 15]
    below_head = keras.Model(pair_model.input, pair_model.get_layer("logits").input)
    rows = np.array([window + [0] * (16 - len(window)) for window in WINDOWS], "int32")
    vectors = ops.convert_to_numpy(below_head(rows))
    weights, bias = map(ops.convert_to_numpy, pair_model.get_layer("logits").weights)
    exponentials = np.exp(getattr(vectors, pooling)(axis=0) @ weights + bias)
    short = [*PAIR, *[0] * 21]
    found = answers(windowed, [2, *LONG, 3, *SECOND, 3], short, [*[0] * 21, *PAIR])
    np.testing.assert_allclose(found[0], exponentials / exponentials.sum(), **CLOSE)
    np.testing.assert_allclose(found[1:], answers(pair_model, PAIR, PAIR), **CLOSE)


def test_a_share_of_the_second_text_needs_windows_of_pairs(tiny):
    for settings in ({"truncation": "window"}, {"text_pairs": True}):
        with pytest.raises(ValueError, match="`second_length` has no effect with model='lstm'"):
            build_classifier(tiny("none", "lstm", second_length=4, **settings))
