"""Puts the newest tables into a page, between the markers that name them.

python -m benchmarks.document build/bench docs/performance.md
"""

import re
import sys
from pathlib import Path

from keras_pe.files.atomic_file import atomic_file

_PLACE = "<!-- {0}: begin -->{1}<!-- {0}: end -->"


def fill(page: str, tables: dict[str, str]) -> str:
    r"""Returns the page with each table in its place, instead of what stands there.

    Args:
        page: str. Markdown with `<!-- name: begin -->` and `<!-- name: end -->`.
        tables: from names to Markdown. Places without a table stay as they are.

    Raises:
        ValueError: a table has no place.

    Example:
        >>> fill("<!-- a: begin -->\nold\n<!-- a: end -->", {"a": "new"})
        '<!-- a: begin -->\n\nnew\n\n<!-- a: end -->'
    """
    for name, table in tables.items():
        place = re.compile(_PLACE.format(re.escape(name), "(.*?)"), re.DOTALL)
        if not place.search(page):
            raise ValueError(
                f"The page must have a place for every table. Received: no <!-- {name}: begin --> "
                f"and <!-- {name}: end -->"
            )
        filled = _PLACE.format(name, f"\n\n{table.strip()}\n\n")
        page = place.sub(lambda _, filled=filled: filled, page)
    return page


def fill_file(page: str | Path, tables: dict[str, str]) -> None:
    """Puts tables into a page on disk, in one step.

    Args:
        page: str or path. The Markdown file.
        tables: as for `fill`.

    Raises:
        ValueError: a table has no place.
    """
    text = fill(Path(page).read_text(encoding="utf-8"), tables)
    with atomic_file(Path(page)) as temporary:
        temporary.write_text(text, encoding="utf-8")


def main(folder: str, page: str) -> None:
    """Fills a page with all Markdown files of a folder; each is named after its place.

    Args:
        folder: str. Holds files such as `peers.md`.
        page: str. The Markdown file.
    """
    files = sorted(Path(folder).glob("*.md"))
    if not files:
        raise ValueError(f"`folder` must hold .md files. Received: folder={folder!r}")
    fill_file(page, {file.stem: file.read_text(encoding="utf-8") for file in files})


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (ValueError, OSError, TypeError) as error:
        sys.exit(f"benchmarks.document: {error}")
