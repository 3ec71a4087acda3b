"""Measures what each position encoding costs in a Transformer encoder, beside no encoding.

python -m benchmarks.positions
python -m benchmarks.positions --position=rotary --position=alibi --length=512 --output=results.md
"""

from absl import flags

from benchmarks.command import run
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


def _findings():
    """Yields all tables at once, and why an encoding was not measured."""
    from benchmarks.position_cost import refusals, tables

    found = list(_costs())
    yield refusals(found), tables(found, _CLOCK.value)


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
    run("benchmarks.positions", _findings)
