"""The numbers in the pictures, worked out by hand where there is a formula."""

import numpy as np
import pytest

from keras_pe.models import POSITIONS
from keras_pe.pictures.position_view import position_view
from keras_pe.pictures.view import by_distance

LENGTH = 8


def view(name):
    return position_view(name, length=LENGTH)


def middle(curve, distance):
    return curve[LENGTH - 1 + distance]


@pytest.mark.parametrize("name", POSITIONS)
def test_every_encoding_has_a_view_of_the_right_shapes(name):
    seen = view(name)
    assert seen.title.startswith(f"{name} (")
    assert 1 <= len(seen.matrices) <= 2
    assert all(matrix.shape in {(8, 8), (8, 128)} for matrix in seen.matrices.values())
    assert seen.curves
    assert all(curve.shape == (15,) for curve in (*seen.curves.values(), *seen.dashed.values()))
    assert set(seen.dashed) <= set(seen.curves)
    assert all(np.isfinite(curve).any() for curve in seen.curves.values())


@pytest.mark.parametrize("name", POSITIONS)
def test_what_was_drawn_before_changes_nothing(name):
    first = view(name)
    np.random.default_rng().normal(size=3)
    view("learned")
    again = view(name)
    for kind in ("matrices", "curves", "dashed"):
        np.testing.assert_equal(getattr(again, kind), getattr(first, kind))


def test_weights_are_said_to_be_as_initialised_where_there_are_any():
    noted = {name for name in POSITIONS if "as initialised (seed 0)" in view(name).note}
    weightless = {"none", "sinusoidal", "rotary", "xpos", "alibi", "sandwich"}
    assert {*POSITIONS} - noted == weightless


def test_none_shows_that_there_is_nothing_to_see():
    seen = view("none")
    assert "nothing to see" in seen.note
    assert not np.any(seen.matrices["every head"])
    assert not np.any(seen.curves["every head"])


def test_sinusoids_are_drawn_as_the_paper_has_them():
    seen = view("sinusoidal")
    frequencies = 10_000.0 ** (-np.arange(0, 128, 2) / 128)
    np.testing.assert_allclose(
        seen.matrices[""][5, :4],
        [np.sin(5), np.cos(5), np.sin(5 * frequencies[1]), np.cos(5 * frequencies[1])],
        atol=1e-6,
    )
    # sin a sin b + cos a cos b = cos(a - b), and each vector has the length sqrt(64).
    expected = np.mean(np.cos(3 * frequencies))
    assert middle(seen.curves[""], 3) == pytest.approx(expected, abs=1e-6)
    assert middle(seen.curves[""], -3) == pytest.approx(expected, abs=1e-6)


def test_a_convolution_is_drawn_as_what_one_token_adds_to_those_around_it():
    seen = view("convolutional")
    (matrix,) = seen.matrices.values()
    # Nine tokens in reach, four on either side of token 4, of which those from 0 to 7 are there.
    assert np.all(np.any(matrix != 0, axis=1))
    wide = position_view("convolutional", length=16)
    (matrix,) = wide.matrices.values()
    assert np.flatnonzero(np.any(matrix != 0, axis=1)).tolist() == list(range(4, 13))
    # Token 4 stands four before token 8, the one of ones: distance 8 - 4.
    expected = np.sqrt(np.mean(matrix[4] ** 2))
    assert wide.curves[""][15 + 4] == pytest.approx(expected)
    assert wide.curves[""][15 - 5] == 0


def test_two_heads_of_alibi_look_either_way():
    seen = view("alibi")
    # Four heads that look either way in pairs have the slopes of two: 1/16 and 1/256.
    assert seen.matrices["head 1"][5, 2] == -3 / 16
    assert np.isnan(seen.matrices["head 1"][2, 5])
    assert seen.matrices["head 2"][2, 5] == -3 / 16
    assert np.isnan(seen.matrices["head 2"][5, 2])
    assert middle(seen.curves["head 3"], -3) == -3 / 256
    assert np.isnan(middle(seen.curves["head 3"], 3))
    assert "random" not in seen.note


def test_rotary_is_drawn_as_a_mean_of_cosines():
    seen = view("rotary")
    curve = seen.curves["every head"]
    assert middle(curve, 0) == pytest.approx(1.0)
    # Each pair of features has the mean length sqrt(2): (1/16) sum over k of cos(3 w_k).
    expected = np.mean(np.cos(3 * 10_000.0 ** (-np.arange(16) / 16)))
    assert middle(curve, 3) == pytest.approx(expected, abs=0.02)
    np.testing.assert_allclose(curve, curve[::-1], atol=1e-5)


def test_a_query_and_a_key_that_differ_show_the_direction():
    curve = view("rotary").dashed["every head"]
    assert np.abs(curve - curve[::-1]).max() > 0.05


def test_heads_that_are_alike_are_named_together():
    assert list(view("xpos").curves) == ["heads 1, 3", "heads 2, 4"]


def test_a_bias_that_asks_the_query_says_which_one():
    for name in ("shaw", "transformer_xl", "disentangled"):
        seen = view(name)
        assert "one random query and key per head" in seen.note
        matrix = seen.matrices["head 1"]
        np.testing.assert_allclose(matrix[1:, 1:], matrix[:-1, :-1], atol=1e-6)


def test_encodings_that_count_tokens_are_drawn_on_a_text():
    for name in ("cope", "forgetting"):
        seen = view(name)
        assert "a random key per token" in seen.note
        matrix = seen.matrices["head 1"]
        assert np.abs(matrix[1:, 1:] - matrix[:-1, :-1]).max() > 1e-3


def test_an_encoding_that_reads_more_than_distances_is_drawn_far_into_a_text_too():
    seen = view("fire")
    assert "from token 448 on" in seen.dashed_note
    # A share of at least 448 tokens instead of 8: the bias is nearer to 0.
    far, near = (abs(middle(curves["head 1"], -7)) for curves in (seen.dashed, seen.curves))
    assert 0 < far < near
    assert view("t5").dashed == {}


def test_a_mean_over_a_diagonal_belongs_to_the_distance_of_its_column_from_its_row():
    matrix = np.array([[0.0, 1.0, 2.0], [10.0, 0.0, 3.0], [np.nan, 20.0, 0.0]])
    np.testing.assert_array_equal(by_distance(matrix), [np.nan, 15.0, 0.0, 2.0, 2.0])
