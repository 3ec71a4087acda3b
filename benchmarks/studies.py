"""Puts what the studies of length extrapolation have found into their page.

python -m benchmarks.studies docs/extrapolation docs/extrapolation.md
"""

import sys
from pathlib import Path

from benchmarks.document import fill_file
from keras_pe.extrapolation.report import report_again


def reports(folder: str | Path) -> dict[str, str]:
    """Writes the report of every study anew, and returns them.

    Args:
        folder: str or path. Holds a folder for each study, as `apps.extrapolate` writes it.

    Returns:
        From the names of the studies to Markdown.

    Raises:
        ValueError: there is no study.
    """
    studies = sorted(Path(folder).glob("*/study.json"))
    if not studies:
        raise ValueError(f"`folder` must hold folders of studies. Received: folder={str(folder)!r}")
    return {study.parent.name: report_again(study.parent) for study in studies}


def main(folder: str, page: str) -> None:
    """Fills a page with the reports of all studies of a folder; each has a place of its name."""
    fill_file(page, reports(folder))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (ValueError, OSError, TypeError) as error:
        sys.exit(f"benchmarks.studies: {error}")
