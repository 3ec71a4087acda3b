"""Bugs that the tests of the layers must notice, each planted in a copy of the package."""

from dataclasses import dataclass

POSITION = "keras_pe/layers/position"
SOURCE = "keras_pe/layers/position_source"


@dataclass(frozen=True)
class Mutation:
    """One planted bug.

    Args:
        bug: str. What is wrong, in a few words: the id of the test.
        file: str. Path of the file, from the root.
        old: str. Text that stands in the file exactly once.
        new: str. What takes its place.
        tests: str. Test files, and options of pytest, that must fail.
    """

    bug: str
    file: str
    old: str
    new: str
    tests: str


PLANTED = [
    Mutation(
        "rotary turns queries only",
        f"{POSITION}/rotary.py",
        "self._turn(keys, *tables[1])",
        "keys",
        "tests/layers/position/test_rotary.py",
    ),
]
