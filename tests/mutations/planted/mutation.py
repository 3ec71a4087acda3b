"""What a planted bug is."""

from dataclasses import dataclass

LAYERS = "keras_pe/layers"
POSITION = f"{LAYERS}/position"
TESTS = "tests/layers"
POSITION_TESTS = f"{TESTS}/position"


@dataclass(frozen=True)
class Mutation:
    """One planted bug.

    Args:
        bug: str. What is wrong, in a few words: the id of the test.
        file: str. Path of the file, from the root.
        old: str. Text that stands in the file exactly once.
        new: str. What takes its place.
        tests: str. Test files, or tests as pytest names them, that must fail.
    """

    bug: str
    file: str
    old: str
    new: str
    tests: str
