"""Accuracy against length, drawn."""

import sys

import pytest

from keras_pe.extrapolation.curves_plot import write_curves


def run(position, seed=0, lengths=(4, 8, 9, 30), source="counted", view="whole"):
    test = [
        {"view": view, "length": length, "texts": 9, "accuracy": 0.9 - 0.1 * seed}
        for length in lengths
    ]
    return {"position": position, "position_source": source, "seed": seed, "test": test}


@pytest.mark.parametrize(
    "runs",
    [
        [run("none")],
        [run("none", seed) for seed in range(3)],
        [run("none"), run("n-grams + linear SVM", source="none")],
        [run("none", lengths=(8, 16, None))],
        [run("none", lengths=(None,))],
        [run("none"), run("windows only", view="windows")],
        [run(f"encoding {number}", source="randomized") for number in range(23)],
    ],
    ids=["one-seed", "seeds", "baseline", "open-band", "open-band-only", "view", "many"],
)
def test_a_picture_is_written(runs, tmp_path):
    path = tmp_path / "curves.png"
    write_curves(runs, path, train_length=8, chance=0.5, title="a title")
    assert path.read_bytes().startswith(b"\x89PNG\r\n")
    assert [file.name for file in tmp_path.iterdir()] == ["curves.png"]


def test_without_matplotlib_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r'needs matplotlib: pip install "keras_pe\[plot\]"'):
        write_curves([run("none")], tmp_path / "curves.png", train_length=8, chance=0.5)
    assert list(tmp_path.iterdir()) == []
