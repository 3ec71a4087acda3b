"""Where position sources put tokens, drawn."""

import numpy as np
from matplotlib.image import imread

from keras_pe.models import POSITION_SOURCES
from keras_pe.pictures import draw_sources
from keras_pe.pictures.source_picture import source_positions


def test_positions_in_training_and_at_inference():
    steps = np.arange(64.0)
    for name in POSITION_SOURCES:
        training, inference = source_positions(name)
        assert inference.shape == (1, 64)
        assert np.all(np.diff(training, axis=1) >= 0), name
    np.testing.assert_array_equal(source_positions("counted")[0], steps[None])
    # 64 tokens squeezed into the 32 positions of training: token k at k * 31 / 63.
    np.testing.assert_allclose(source_positions("interpolated")[1][0], steps * 31 / 63, rtol=1e-5)
    training, inference = source_positions("shifted")
    np.testing.assert_array_equal(training - training[:, :1], np.tile(steps, (3, 1)))
    assert 0 <= training[:, 0].min() < training[:, 0].max() <= 40
    np.testing.assert_array_equal(inference[0], steps)
    training, _ = source_positions("randomized")
    assert training.min() >= 0
    assert training.max() <= 255


def test_draws_are_seeded():
    one, other = source_positions("randomized")[0], source_positions("randomized")[0]
    np.testing.assert_array_equal(one, other)
    assert not np.array_equal(one, source_positions("randomized", seed=1)[0])


def test_the_picture_has_a_panel_for_each_source(tmp_path, monkeypatch):
    path = draw_sources(tmp_path / "sources.png")
    assert imread(path).shape[:2] == (420, 1000)
    figures = []
    monkeypatch.setattr(
        "keras_pe.pictures.source_picture.write_png", lambda f, _: figures.append(f)
    )
    draw_sources(path)
    assert [axes.get_title() for axes in figures[0].axes] == list(POSITION_SOURCES)
    assert figures[0].axes[0].get_ylabel() == "position (tokens)"
    assert all(axes.get_xlabel() == "token" for axes in figures[0].axes)
