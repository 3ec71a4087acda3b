"""Texts that hold nothing to learn from."""

from keras_pe.data.checks.finding import Finding, count_of, shown
from keras_pe.data.checks.parts import Parts


def empty_texts(parts: Parts) -> Finding:
    """Finds texts that are empty or white space.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. Its numbers say how many rows of each part are empty.
    """
    empty = {
        name: [example for example in part if not example.text.strip()]
        for name, part in parts.examples.items()
    }
    found = [example for part in empty.values() for example in part]
    sentence = "no empty text"
    if found:
        where = ", ".join(f"{len(rows):,} in {name}" for name, rows in empty.items() if rows)
        sentence = f"{count_of(len(found), 'empty text')} ({where}), first {found[0].place}"
    return Finding(
        check="empty texts",
        found=bool(found),
        sentence=sentence,
        numbers={f"{name} rows": len(rows) for name, rows in empty.items()},
        examples=shown(found),
    )
