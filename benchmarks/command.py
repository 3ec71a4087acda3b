"""A measurement as a command: what it prints, its faults in a sentence, and the file it writes."""

import datetime
import os
import pathlib
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence

from absl import app, flags

_OUTPUT = flags.DEFINE_string("output", None, "new .md file for the results")

# Lines that must be known to read the tables, and the tables: each a header and rows.
Findings = tuple[Sequence[str], Sequence[tuple[list[str], list[list[str]]]]]


def run(name: str, measure: Callable[[], Iterable[Findings]]) -> None:
    """Parses the flags, measures, prints what is found as soon as it is there, and writes it.

    Args:
        name: str. What stands after `python -m`.
        measure: function that yields what it finds. It is called once all flags are read and it is
            sure that the results can be written.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as apps do, and for all contenders
    # `--help` shows the flags of the module that was started, and this one with them.
    flags.FLAGS.register_key_flag_for_module(sys.argv[0], flags.FLAGS["output"])
    app.run(lambda arguments: _guarded(name, measure, arguments[1:]))


def _guarded(name, measure, arguments):
    try:
        _run(name, measure, arguments)
    except (ValueError, OSError, RuntimeError, ImportError) as error:
        sys.exit(f"{name}: {error}")


def _run(name, measure, arguments):
    if arguments:
        raise ValueError(f"Arguments must be flags. Received: {arguments[0]!r}")
    output = pathlib.Path(_OUTPUT.value) if _OUTPUT.value else None
    from benchmarks.machine import describe_machine
    from benchmarks.report import check_output, facts_line, terminal_tables, write_tables

    if output:
        check_output(output, formats=(".md",))
    facts = [f"{datetime.date.today().isoformat()}. {facts_line(describe_machine())}."]
    print(*facts, flush=True)
    tables = []
    for lines, found in measure():
        print("\n".join([*lines, terminal_tables(found)] if found else lines), flush=True)
        facts += lines
        tables += found
    if output:
        write_tables(output, shlex.join(["python", "-m", name, *sys.argv[1:]]), facts, tables)
