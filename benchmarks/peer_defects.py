"""Runs known defects of keras_hub and keras beside our layers, and shows what is left of them.

python -m benchmarks.peer_defects
python -m benchmarks.peer_defects --output=results.md
"""

import datetime
import os
import pathlib
import shlex
import sys

from absl import app, flags

_OUTPUT = flags.DEFINE_string("output", None, "new .md file for the results")


def main(arguments):
    """Measures every defect on both sides, prints a table, and writes it if asked to."""
    try:
        _measure(arguments[1:])
    except (ValueError, OSError) as error:
        sys.exit(f"benchmarks.peer_defects: {error}")


def _measure(arguments):
    if arguments:
        raise ValueError(f"Arguments must be flags. Received: {arguments[0]!r}")
    output = pathlib.Path(_OUTPUT.value) if _OUTPUT.value else None
    from benchmarks.defects.table import HEADER, all_defects
    from benchmarks.machine import describe_machine
    from benchmarks.report import check_output, facts_line, terminal_tables, write_tables

    if output:
        check_output(output, formats=(".md",))
    facts = f"{datetime.date.today().isoformat()}. {facts_line(describe_machine())}."
    print(facts, flush=True)
    results = [(HEADER, [defect.measure().cells() for defect in all_defects()])]
    print(terminal_tables(results), flush=True)
    if output:
        command = shlex.join(["python", "-m", "benchmarks.peer_defects", *sys.argv[1:]])
        write_tables(output, command, [facts], results)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    app.run(main)
