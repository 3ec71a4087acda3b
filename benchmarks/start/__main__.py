"""Measures how long imports, help, flag errors and the demo's first training step take.

python -m benchmarks.start
python -m benchmarks.start --rounds=3 --output=results.md
"""

from absl import flags

from benchmarks.command import run

_ROUNDS = flags.DEFINE_integer("rounds", 3, "times that each is started", lower_bound=1)
_ONLY = flags.DEFINE_string("only", "", "only starts that have this in their name")


def _findings():
    from benchmarks.start.starts import starts
    from benchmarks.start.table import measure, table

    chosen = [each for each in starts() if _ONLY.value in each.name]
    if not chosen:
        names = ", ".join(each.name for each in starts())
        raise ValueError(f"`only` must be part of one of: {names}. Received: only={_ONLY.value!r}")
    yield [], [table(measure(chosen, _ROUNDS.value))]


if __name__ == "__main__":
    run("benchmarks.start", _findings)
