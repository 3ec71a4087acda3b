"""Measures training steps against the length of the texts: seconds and memory.

python -m benchmarks.lengths --output=results.md --figure=lengths.png
python -m benchmarks.lengths --position=none --length=8192 --batch_size=8
"""

from absl import flags

from benchmarks.command import run
from keras_pe.config.table_names import table_names

_NAMES = table_names("models/positions.py", "POSITIONS")
# One of each family: none, added, rotated, static bias, learned bias, content-relative, gates.
_FAMILIES = ["none", "sinusoidal", "rotary", "alibi", "t5", "shaw", "forgetting"]
_POSITIONS = flags.DEFINE_multi_enum(
    "position", _FAMILIES, _NAMES, "encoding to measure; may be given several times"
)
_LENGTHS = flags.DEFINE_multi_integer(
    "length", [64, 512, 2048, 8192], "tokens of a text; may be given several times", lower_bound=3
)
_TOKENS = flags.DEFINE_integer("tokens", 8_192, "tokens of a batch, padding included")
_ROWS = flags.DEFINE_integer("batch_size", None, "texts of a batch, instead of --tokens")
_WINDOWS = flags.DEFINE_multi_integer(
    "attention_window", [], "measure `none` with it too; may be given several times", lower_bound=1
)
_ROUNDS = flags.DEFINE_integer("rounds", 2, "timed steps of each", lower_bound=1)
_FIGURE = flags.DEFINE_string("figure", None, ".png file for the curves")


def _findings():
    """Yields the tables, why an encoding was not measured, and draws the curves if asked to."""
    from benchmarks.lengths.curve import Series, measure, tables

    lengths = sorted(set(_LENGTHS.value))
    series = [Series(name) for name in dict.fromkeys(_POSITIONS.value)]
    series += [Series("none", window) for window in dict.fromkeys(_WINDOWS.value)]
    curves = measure(series, lengths, tokens=_TOKENS.value, rows=_ROWS.value, rounds=_ROUNDS.value)
    refused = [f"{each.name} was refused: {each.refusal}" for each in curves if each.refusal]
    yield refused, tables(curves, lengths)
    if _FIGURE.value:
        from benchmarks.lengths.figure import draw

        draw(curves, _FIGURE.value, batch=_batch())


def _batch():
    return f"{_ROWS.value:,} texts" if _ROWS.value else f"{_TOKENS.value:,} tokens"


if __name__ == "__main__":
    run("benchmarks.lengths", _findings)
