"""How costs are compared and shown, by hand."""

from benchmarks.position_cost import MEMORY, TIMES, Cost, Refusal, refusals, tables
from benchmarks.rounds import Rounds

MIB = 2**20


def cost(position="alibi", length=64, none_bytes=(2 * MIB, 4 * MIB, 2 * MIB)):
    none = Rounds("none", None, wall_s=(1.0, 1.0, 2.0), cpu_s=(0.002, 0.004, 0.003))
    own = Rounds(position, None, wall_s=(3.0, 1.0, 4.0), cpu_s=(0.003, 0.004, 0.006))
    own_bytes = (3 * MIB, 3 * MIB, 8 * MIB) if none_bytes else ()
    return Cost(length, none, own, none_bytes, own_bytes)


def test_ratios_are_those_of_the_rounds_in_one_pair():
    # Of CPU seconds 3 / 2, 4 / 4 and 6 / 3; on the clock 3 / 1, 1 / 1 and 4 / 2.
    assert cost().time_cell("cpu") == "1.50 (1.00-2.00)"
    assert cost().time_cell("wall") == "2.00 (1.00-3.00)"
    # Of bytes 3 / 2, 3 / 4 and 8 / 2.
    assert cost().memory_cell() == "1.50 (0.75-4.00)"


def test_memory_that_nothing_counts_is_left_empty():
    without = cost(none_bytes=())
    assert without.memory_cell() == ""
    assert tables([without], "cpu")[1][1] == [["none", ""], ["alibi", ""]]


def test_tables_begin_with_none_and_what_chance_does_to_it():
    found = [cost("none"), cost("none", 256), cost("alibi"), Refusal(256, "alibi", "too long")]
    times, memory = tables(found, "cpu")
    ratios, peaks = "1.50 (1.00-2.00)", "1.50 (0.75-4.00)"
    assert times == (
        [TIMES["cpu"], "64 tokens", "256 tokens"],
        [
            ["none", "3 ms", "3 ms"],
            ["none, once more", ratios, ratios],
            ["alibi", ratios, "refused"],
        ],
    )
    assert memory == (
        [MEMORY, "64 tokens", "256 tokens"],
        [
            ["none", "2 MiB", "2 MiB"],
            ["none, once more", peaks, peaks],
            ["alibi", peaks, "refused"],
        ],
    )


def test_a_reason_is_told_once_for_all_its_lengths():
    found = [Refusal(n, name, "no") for name in ("shaw", "t5") for n in (64, 4096)] + [cost()]
    assert refusals(found) == [
        "shaw at 64, 4,096 tokens was refused: no",
        "t5 at 64, 4,096 tokens was refused: no",
    ]
