"""Seeds summed up, by hand."""

import math

import pytest

from keras_pe.extrapolation.summary import Spread, beyond, curve, groups, in_range, weighted


def point(length, accuracy, texts=10, view="whole"):
    return {"view": view, "length": length, "texts": texts, "accuracy": accuracy}


def run(*points, position="none", source="counted", seed=0):
    names = {"position": position, "position_source": source, "seed": seed}
    return names | {"cell": f"{position}, {source}, seed {seed}", "test": list(points)}


def test_mean_deviation_and_highest():
    spread = Spread((0.5, 0.6, 0.7))
    assert spread.mean == pytest.approx(0.6)
    assert spread.deviation == pytest.approx(0.1)  # sqrt((0.01 + 0 + 0.01) / 2)
    assert spread.best == 0.7
    assert str(spread) == "60.0 ± 10.0"


def test_one_seed_has_no_deviation():
    spread = Spread((0.5,))
    assert math.isnan(spread.deviation)
    assert str(spread) == "50.0"


def test_nothing_measured_is_a_dash():
    assert str(Spread((math.nan,))) == str(Spread((math.nan, math.nan))) == "–"


def test_texts_are_the_weights():
    assert weighted([point(5, 1.0, texts=30), point(9, 0.0, texts=10)]) == pytest.approx(0.75)


def test_in_range_and_beyond_split_at_the_training_length():
    points = [point(5, 1.0), point(10, 0.8), point(11, 0.5), point(None, 0.1)]
    found = run(*points, point(10, 0.0, view="cut"), point(20, 0.0, view="truncated"))
    assert in_range(found, 10) == pytest.approx(0.9)
    assert beyond(found, 10) == pytest.approx(0.3)


def test_no_short_texts_are_no_number():
    assert math.isnan(in_range(run(point(11, 0.5)), 10))


def test_groups_in_the_order_of_their_first_run():
    runs = [run(position="b"), run(position="a"), run(position="b", seed=1), run(source="x")]
    found = groups(runs)
    assert list(found) == [("b", "counted"), ("a", "counted"), ("none", "x")]
    assert [own["seed"] for own in found["b", "counted"]] == [0, 1]


def test_a_curve_rises_in_length_and_its_open_end_is_last():
    runs = [run(point(None, 0.1), point(20, 0.4), point(10, 0.9)), run(point(10, 0.7))]
    points = curve(runs, "whole")
    assert [length for length, _ in points] == [10, 20, None]
    assert [spread.values for _, spread in points] == [(0.9, 0.7), (0.4,), (0.1,)]
    assert [length for length, _ in curve(runs, "whole", train_length=10)] == [20, None]
    assert curve(runs, "windows") == []
