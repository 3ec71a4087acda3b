"""All defects there are, in the order of their table."""

from benchmarks.defects import formulas, padding, reach, sixteen_bit
from benchmarks.defects.defect import Defect

HEADER = ["what is measured, in theirs", "theirs", "ours"]


def all_defects() -> list[Defect]:
    """Returns the defects, file by file."""
    return [d for file in (sixteen_bit, formulas, reach, padding) for d in file.DEFECTS]
