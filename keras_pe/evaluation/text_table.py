"""Tables for a terminal whose columns stay straight with Chinese text in them."""

import unicodedata
from collections.abc import Sequence

_LABEL_COLUMNS = 32  # terminal columns; the longest of banking77's 77 labels takes 49


def display_width(text: str) -> int:
    """Counts the terminal columns that a text takes.

    Example:
        >>> display_width("体育"), display_width("sport"), display_width("cafe\u0301")
        (4, 5, 4)
    """
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def one_line(text: str, *, max_width: int) -> str:
    r"""Makes a text fit a cell: line breaks and control characters become spaces, the end is cut.

    Args:
        text: any text.
        max_width: int. Terminal columns.

    Example:
        >>> one_line("first\nsecond", max_width=9)
        'first se…'
    """
    line = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    if display_width(line) <= max_width:
        return line
    kept = ""
    for character in line:
        if display_width(kept + character) > max_width - 1:
            break
        kept += character
    return kept + "…"


def report_label(label: str) -> str:
    """Makes a label fit a cell of a report."""
    return one_line(label, max_width=_LABEL_COLUMNS)


def aligned_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, left: Sequence[int] = (0,)
) -> str:
    """Lays out cells in columns that are as wide as their widest cell.

    Args:
        header: one name per column.
        rows: cells, already formatted.
        left: the columns that are flush left; all others are flush right.

    Returns:
        One line per row, without a line break at the end.

    Example:
        >>> print(aligned_table(["label", "F1"], [["体育", "0.5"], ["a", "1.0"]]))
        label   F1
        体育   0.5
        a      1.0
    """
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(map(display_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(cells, widths, left) for cells in lines)


def _line(cells: Sequence[str], widths: Sequence[int], left: Sequence[int]) -> str:
    padded = []
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - display_width(cell))
        padded.append(cell + space if column in left else space + cell)
    return "  ".join(padded).rstrip()
