"""The picture of all position sources: where each puts the tokens of a text."""

from __future__ import annotations

from pathlib import Path

import keras
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.models import POSITION_SOURCES
from keras_pe.pictures.canvas import new_figure, write_png

LENGTH = 64
_DRAWS = 3
# Small enough to see single tokens; the text is twice as long as the trained ones.
_SETTINGS = {"max_length": 32, "max_position": 256, "max_shift": 40}


def source_positions(name, length=LENGTH, seed=0):
    """Returns where a source puts the tokens of a text, in three training steps and at inference.

    Sets the random seeds of Keras, NumPy and Python.

    Args:
        name: str. One of `POSITION_SOURCES`.
        length: int. Tokens of the text.
        seed: int.

    Returns:
        Two arrays, [3 or 1, T] and [1, T].

    Example:
        >>> _, inference = source_positions("interpolated", length=63)
        >>> inference[0, :3].tolist()
        [0.0, 0.5, 1.0]
    """
    keras.utils.set_random_seed(seed)
    source = POSITION_SOURCES[name](ModelConfig(position_source=name, **_SETTINGS))
    training = source(ops.zeros((_DRAWS, length)), training=True)
    inference = source(ops.zeros((1, length)), training=False)
    return ops.convert_to_numpy(training), ops.convert_to_numpy(inference)


def draw_sources(path: str | Path) -> Path:
    """Draws position over token, for every source in `POSITION_SOURCES`.

    Args:
        path: the PNG to write, in one step; its folder is made if it is missing.

    Returns:
        `path`.

    Raises:
        ImportError: if matplotlib is not installed.
    """
    figure = new_figure(4.2)
    settings = ", ".join(f"{name}={value}" for name, value in _SETTINGS.items())
    figure.text(0.02, 0.93, "position sources", fontsize=14, fontweight="bold")
    figure.text(
        0.02,
        0.86,
        f"a text of {LENGTH} tokens; {settings}; three random draws in training, and inference",
        fontsize=10.5,
    )
    panel = 0.96 / len(POSITION_SOURCES)
    for number, name in enumerate(POSITION_SOURCES):
        axes = figure.add_axes((0.05 + number * panel, 0.14, 0.74 * panel, 0.6))
        training, inference = source_positions(name)
        for draw in training:
            axes.plot(draw, color="C1", linewidth=1.2, label="training")
        axes.plot(inference[0], "--", color="black", linewidth=1.2, label="inference")
        axes.set_title(name, fontsize=10.5)
        axes.set_xlabel("token")
        axes.tick_params(labelsize=8.5)
        axes.margins(x=0)
        if number == 0:
            axes.set_ylabel("position (tokens)")
            lines = axes.get_lines()
            axes.legend(handles=[lines[0], lines[-1]], fontsize=8.5, loc="upper left")
    return write_png(figure, path)
