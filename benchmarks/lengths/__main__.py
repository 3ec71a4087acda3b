"""Measures training steps against the length of the texts: seconds and memory.

python -m benchmarks.lengths --output=results.md --figure=lengths.png
python -m benchmarks.lengths --position=none --length=8192 --batch_size=8
"""

import datetime
import os
import pathlib
import shlex
import sys

from absl import app, flags

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
_OUTPUT = flags.DEFINE_string("output", None, "new .md file for the results")
_FIGURE = flags.DEFINE_string("figure", None, ".png file for the curves")


def main(arguments):
    """Measures, prints tables, and writes and draws them if asked to."""
    try:
        _measure(arguments[1:])
    except (ValueError, OSError, ImportError) as error:
        sys.exit(f"benchmarks.lengths: {error}")


def _measure(arguments):
    if arguments:
        raise ValueError(f"Arguments must be flags. Received: {arguments[0]!r}")
    output = pathlib.Path(_OUTPUT.value) if _OUTPUT.value else None
    from benchmarks.machine import describe_machine
    from benchmarks.report import check_output, facts_line, terminal_tables, write_tables

    if output:
        check_output(output, formats=(".md",))
    facts = [f"{datetime.date.today().isoformat()}. {facts_line(describe_machine())}."]
    print(facts[0], flush=True)
    curves, results = _curves()
    facts += [f"{each.name} was refused: {each.refusal}" for each in curves if each.refusal]
    print("\n".join([terminal_tables(results), *facts[1:]]), flush=True)
    if _FIGURE.value:
        from benchmarks.lengths.figure import draw

        draw(curves, _FIGURE.value, batch=_batch())
    if output:
        command = shlex.join(["python", "-m", "benchmarks.lengths", *sys.argv[1:]])
        write_tables(output, command, facts, results)


def _curves():
    from benchmarks.lengths.curve import Series, measure, tables

    lengths = sorted(set(_LENGTHS.value))
    series = [Series(name) for name in dict.fromkeys(_POSITIONS.value)]
    series += [Series("none", window) for window in dict.fromkeys(_WINDOWS.value)]
    curves = measure(series, lengths, tokens=_TOKENS.value, rows=_ROWS.value, rounds=_ROUNDS.value)
    return curves, tables(curves, lengths)


def _batch():
    return f"{_ROWS.value:,} texts" if _ROWS.value else f"{_TOKENS.value:,} tokens"


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    app.run(main)
