"""Models of pairs: a learned vector tells the second text from the first."""

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


def test_pairs_are_not_torn_apart_by_windows(tiny):
    said = "`truncation` must not be window with pairs of texts, which windows would tear apart"
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny("none", "lstm", text_pairs=True, truncation="window"))
