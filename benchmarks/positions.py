"""Measures what each position encoding costs in a Transformer encoder, beside no encoding.

python -m benchmarks.positions
python -m benchmarks.positions --position=rotary --position=alibi --length=512 --output=results.md
"""

import datetime
import os
import pathlib
import shlex
import sys

from absl import app, flags

from keras_pe.config.table_names import table_names

_NAMES = table_names("models/positions.py", "POSITIONS")
_POSITIONS = flags.DEFINE_multi_enum(
    "position", _NAMES, _NAMES, "what to measure; may be given several times"
)
_LENGTHS = flags.DEFINE_multi_integer(
    "length",
    [64, 256, 1024, 4096],
    "tokens of a text; may be given several times",
    lower_bound=3,
)
_TOKENS = flags.DEFINE_integer(
    "tokens", 4_096, "tokens of a batch, padding included", lower_bound=1
)
_ROUNDS = flags.DEFINE_integer("rounds", 5, "timed steps of each encoding", lower_bound=1)
_CLOCK = flags.DEFINE_enum(
    "clock", "cpu", ("cpu", "wall"), "time the processor computes, or on the clock, as for a GPU"
)
_XLA = flags.DEFINE_bool("jit_compile", False, "compile the step with XLA")
_OUTPUT = flags.DEFINE_string("output", None, "new .md file for the results")


def main(arguments):
    """Measures encoding by encoding, prints tables, and writes them if asked to."""
    try:
        _measure(arguments[1:])
    except (ValueError, OSError) as error:
        sys.exit(f"benchmarks.positions: {error}")


def _measure(arguments):
    if arguments:
        raise ValueError(f"Arguments must be flags. Received: {arguments[0]!r}")
    output = pathlib.Path(_OUTPUT.value) if _OUTPUT.value else None
    from benchmarks.machine import describe_machine
    from benchmarks.position_cost import refusals, tables
    from benchmarks.report import check_output, facts_line, terminal_tables, write_tables

    if output:
        check_output(output, formats=(".md",))
    facts = f"{datetime.date.today().isoformat()}. {facts_line(describe_machine())}."
    print(facts, flush=True)
    found = list(_costs())
    results, notes = tables(found, _CLOCK.value), refusals(found)
    print("\n".join([terminal_tables(results), *notes]), flush=True)
    if output:
        command = shlex.join(["python", "-m", "benchmarks.positions", *sys.argv[1:]])
        write_tables(output, command, [facts, *notes], results)


def _costs():
    """Yields what was found, and says each encoding's ratios as soon as they are there."""
    from benchmarks.position_cost import label
    from benchmarks.position_training import build_model, measure

    lengths = sorted(set(_LENGTHS.value))
    none = build_model("none", max(lengths), jit_compile=_XLA.value)
    for name in dict.fromkeys(["none", *_POSITIONS.value]):
        found = measure(name, none, lengths, tokens=_TOKENS.value, rounds=_ROUNDS.value)
        cells = [each.time_cell(_CLOCK.value) for each in found]
        print(f"{label(name)}: {'; '.join(cells)}", flush=True)
        yield from found


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    app.run(main)
