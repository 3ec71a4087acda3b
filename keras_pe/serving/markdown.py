"""Text from elsewhere inside a Markdown page."""

import re
from collections.abc import Iterable, Sequence

_LISTED = 100


def escaped(text: str) -> str:
    r"""Returns a text on one line, so that Markdown reads nothing of it as markup.

    Example:
        >>> print(escaped("a|b_c"))
        a\|b\_c
    """
    return re.sub(r"([\\`*_\[\]<>|~#&$])", r"\\\1", " ".join(str(text).split()))


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Returns a table; its cells are escaped."""
    lines = [header, ["---"] * len(header), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def listed(names: Sequence[str]) -> str:
    """Returns a sentence of names, of which it shows at most 100."""
    more = f", and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    return ", ".join(escaped(name) for name in names[:_LISTED]) + more
