"""The pictures as files."""

import sys

import numpy as np
import pytest
from matplotlib.image import imread

from keras_pe.models import POSITIONS
from keras_pe.pictures import draw_overview, draw_position, draw_sources
from keras_pe.pictures.canvas import new_figure, palette_of, write_png
from keras_pe.pictures.colours import CLOSED, colour_limits, paint, shown_limits
from keras_pe.pictures.position_picture import fill
from keras_pe.pictures.position_view import position_view

MOST_BYTES = 60_000


@pytest.mark.parametrize("name", ["none", "learned", "rotary", "xpos", "cope"])
def test_every_kind_of_picture_has_one_size_and_few_bytes(name, tmp_path):
    path = draw_position(name, tmp_path / "new" / "picture.png")
    assert imread(path).shape[:2] == (420, 1000)
    assert path.stat().st_size < MOST_BYTES
    assert [file.name for file in path.parent.iterdir()] == ["picture.png"]


def test_the_same_versions_draw_the_same_bytes(tmp_path):
    one, other = (draw_position("t5", tmp_path / name) for name in ("one.png", "other.png"))
    assert one.read_bytes() == other.read_bytes()
    assert b"matplotlib" not in one.read_bytes()


def test_the_overview_has_a_cell_for_every_encoding(tmp_path, monkeypatch):
    figures = []
    monkeypatch.setattr(
        "keras_pe.pictures.overview.write_png", lambda f, path, **_: figures.append(f)
    )
    draw_overview(tmp_path / "overview.png")
    assert [axes.get_title() for axes in figures[0].axes] == list(POSITIONS)
    write_png(figures[0], tmp_path / "overview.png", colours=64)
    assert (tmp_path / "overview.png").stat().st_size < MOST_BYTES


def test_axes_say_what_they_show_in_which_unit():
    figure = new_figure(4.2)
    fill(figure, position_view("alibi"))
    left, right, bar, curves = figure.axes
    assert left.get_xlabel() == right.get_xlabel() == "position of the key (tokens)"
    assert left.get_ylabel() == "position of the query (tokens)"
    assert [left.get_title(), right.get_title()] == ["head 1", "head 2"]
    assert bar.get_ylabel() == curves.get_ylabel() == "added to the logit"
    assert curves.get_xlabel() == "distance key - query (tokens)"
    assert [text.get_text() for text in curves.get_legend().get_texts()] == [
        f"head {number}" for number in (1, 2, 3, 4)
    ]


def test_keys_that_are_not_seen_are_grey_and_0_is_white():
    axes = new_figure(1.0).add_subplot()
    image = paint(axes, np.array([[np.nan, 0.0, 2.0]]), (-2.0, 2.0))
    assert axes.get_facecolor()[:3] == (float(CLOSED),) * 3
    assert image.get_array().mask.tolist() == [[True, False, False]]
    red, green, blue, _ = image.to_rgba(0.0)
    assert min(red, green, blue) > 0.95
    red, green, blue, _ = image.to_rgba(2.0)
    assert red > 0.3 > max(green, blue)


def test_colours_reach_as_far_on_both_sides_and_a_bar_shows_those_there_are():
    below, both, empty = np.array([[-3.0, 0.0]]), np.array([[-3.0, 1.0]]), np.zeros((1, 1))
    assert colour_limits([below]) == colour_limits([both]) == (-3.0, 3.0)
    assert shown_limits([below]) == (-3.0, 0.0)
    assert shown_limits([-below]) == (0.0, 3.0)
    assert shown_limits([both]) == shown_limits([below, -below]) == (-3.0, 3.0)
    assert shown_limits([empty]) == (-1.0, 1.0)


def test_a_palette_keeps_rare_colours_that_nothing_else_comes_near_to():
    dots = np.zeros((1, 300, 3), "uint8")
    dots[0, :290, 0] = np.arange(290) % 8  # eight blacks, often
    dots[0, 290:] = [0, 255, 0]
    palette, indices = palette_of(dots, limit=3)
    assert [0, 255, 0] in palette.tolist()
    assert palette[indices[0, 295]].tolist() == [0, 255, 0]
    assert np.abs(palette[indices].astype(int) - dots).max() <= 4


def test_a_failure_leaves_the_old_picture(tmp_path, monkeypatch):
    path = tmp_path / "rotary.png"
    path.write_text("old")

    def fail(self, temporary, **_):
        temporary.write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr("PIL.Image.Image.save", fail)
    with pytest.raises(OSError, match="disk full"):
        draw_position("rotary", path)
    assert [file.name for file in tmp_path.iterdir()] == ["rotary.png"]
    assert path.read_text() == "old"


@pytest.mark.parametrize(
    "draw", [lambda path: draw_position("none", path), draw_overview, draw_sources]
)
def test_without_matplotlib_the_error_names_the_extra(draw, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r'pip install "keras_pe\[plot\]"'):
        draw(tmp_path / "picture.png")


def test_an_unknown_name_is_refused_as_everywhere(tmp_path):
    with pytest.raises(ValueError, match="`position` must be one of: none, sinusoidal"):
        draw_position("nope", tmp_path / "picture.png")


def test_pyplot_keeps_no_figure_and_its_backend(tmp_path):
    from matplotlib import pyplot

    before = pyplot.get_backend(), pyplot.get_fignums()
    draw_position("alibi", tmp_path / "alibi.png")
    assert (pyplot.get_backend(), pyplot.get_fignums()) == before
