"""Curves over lengths, and the figure. No timing is judged."""

import pytest

from benchmarks.lengths.curve import Curve, Series, measure, tables
from benchmarks.lengths.figure import draw
from benchmarks.measurement import Spread
from keras_pe.layers import PositionEncoding
from keras_pe.models import POSITIONS

MIB = 2**20


@pytest.fixture(scope="module")
def curves():
    series = [Series("none"), Series("alibi"), Series("none", window=2)]
    return measure(series, [4, 8], tokens=16, rows=None, rounds=1)


@pytest.mark.slow
def test_every_series_is_measured_at_every_length(curves):
    assert [curve.name for curve in curves] == ["none", "alibi", "none, window 2"]
    for curve in curves:
        assert list(curve.cpu_s) == [4, 8]
        assert all(peak > 0 for peak in curve.peak_bytes.values())
        assert curve.refusal is None


def test_the_batch_is_of_a_number_of_tokens_or_of_texts(monkeypatch):
    shapes = []
    monkeypatch.setattr("benchmarks.lengths.curve.build_model", lambda *_, **__: None)
    monkeypatch.setattr(
        "benchmarks.lengths.curve._measure_length",
        lambda curves, models, length, data, rounds: shapes.append(data[0].shape[:2]),
    )
    measure([Series("none")], [4, 8], tokens=16, rows=None, rounds=1)
    measure([Series("none")], [4, 8], tokens=16, rows=3, rounds=1)
    assert shapes == [(4, 4), (2, 8), (3, 4), (3, 8)]


@pytest.mark.slow
def test_an_encoding_that_refuses_is_told_and_left_out(monkeypatch):
    class Refusing(PositionEncoding):
        def add(self, embeddings, positions):
            raise ValueError("`num_heads` must be 3.")

    monkeypatch.setitem(POSITIONS, "alibi", lambda config: Refusing())
    refused, none = measure([Series("alibi"), Series("none")], [4], tokens=8, rows=None, rounds=1)
    assert refused.refusal == "`num_heads` must be 3."
    assert [row[0] for row in tables([refused, none], [4])[0][1]] == ["none"]


def test_cells_are_medians_with_their_spread_and_mebibytes():
    curve = Curve("alibi", {4: Spread(2.0, 1.0, 3.0)}, {4: 3 * MIB})
    uncounted = Curve("none", {4: Spread(1.0, 1.0, 1.0)})
    seconds, memory = tables([curve, uncounted], [4])
    assert seconds[0][1] == "4 tokens"
    assert seconds[1] == [["alibi", "2.00 (1.00-3.00)"], ["none", "1.00 (1.00-1.00)"]]
    assert memory[1] == [["alibi", "3"], ["none", ""]]


@pytest.mark.slow
def test_the_figure_is_drawn(curves, tmp_path):
    path = draw(curves, tmp_path / "lengths.png", batch="16 tokens")
    assert path.read_bytes().startswith(b"\x89PNG")
