"""Measures how long imports, help, flag errors and the demo's first training step take.

python -m benchmarks.start
python -m benchmarks.start --rounds=3 --output=results.md
"""

import datetime
import os
import pathlib
import shlex
import sys

from absl import app, flags

_ROUNDS = flags.DEFINE_integer("rounds", 3, "times that each is started", lower_bound=1)
_ONLY = flags.DEFINE_string("only", "", "only starts that have this in their name")
_OUTPUT = flags.DEFINE_string("output", None, "new .md file for the results")


def main(arguments):
    """Measures, prints a table, and writes it if asked to."""
    try:
        _measure(arguments[1:])
    except (ValueError, OSError, RuntimeError) as error:
        sys.exit(f"benchmarks.start: {error}")


def _measure(arguments):
    if arguments:
        raise ValueError(f"Arguments must be flags. Received: {arguments[0]!r}")
    output = pathlib.Path(_OUTPUT.value) if _OUTPUT.value else None
    from benchmarks.machine import describe_machine
    from benchmarks.report import check_output, facts_line, terminal_tables, write_tables
    from benchmarks.start.starts import starts
    from benchmarks.start.table import measure, table

    if output:
        check_output(output, formats=(".md",))
    chosen = [each for each in starts() if _ONLY.value in each.name]
    if not chosen:
        names = ", ".join(each.name for each in starts())
        raise ValueError(f"`only` must be part of one of: {names}. Received: only={_ONLY.value!r}")
    facts = f"{datetime.date.today().isoformat()}. {facts_line(describe_machine())}."
    print(facts, flush=True)
    found = table(measure(chosen, _ROUNDS.value))
    print(terminal_tables([found]), flush=True)
    if output:
        command = shlex.join(["python", "-m", "benchmarks.start", *sys.argv[1:]])
        write_tables(output, command, [facts], [found])


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    app.run(main)
