"""Runs known defects of keras_hub and keras beside our layers, and shows what is left of them.

python -m benchmarks.peer_defects
python -m benchmarks.peer_defects --output=results.md
"""

from benchmarks.command import run


def _findings():
    from benchmarks.defects.table import HEADER, all_defects

    yield [], [(HEADER, [defect.measure().cells() for defect in all_defects()])]


if __name__ == "__main__":
    run("benchmarks.peer_defects", _findings)
