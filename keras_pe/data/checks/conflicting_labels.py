"""Equal texts with different labels: at least one of the labels is wrong."""

from keras_pe.data.checks.finding import Finding, count_of
from keras_pe.data.checks.parts import Parts

_SHOWN = 5


def conflicting_labels(parts: Parts) -> Finding:
    """Finds texts, equal but for case and punctuation, that have different labels.

    Rows without a label and empty texts do not count.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. Its numbers are the texts and the rows they stand in, over all parts.
    """
    conflicts = [rows for rows in _rows_of_texts(parts) if len({e.label for e in rows}) > 1]
    rows = sum(map(len, conflicts))
    sentence = "no equal texts with different labels"
    if conflicts:
        sentence = (
            f"{count_of(len(conflicts), 'text')} with different labels in {rows:,} rows, "
            f"first {_differing(conflicts[0])}"
        )
    return Finding(
        check="conflicting labels",
        found=bool(conflicts),
        sentence=sentence,
        numbers={"texts": len(conflicts), "rows": rows},
        examples=tuple(f"{_differing(each)}: {each[0].text[:80]!r}" for each in conflicts[:_SHOWN]),
    )


def _rows_of_texts(parts):
    groups = {}
    for key, example in parts.rows():
        if key and example.label is not None:
            groups.setdefault(key, []).append(example)
    return groups.values()


def _differing(rows):
    """Names the first row and the first one that contradicts it."""
    first = rows[0]
    other = next(row for row in rows if row.label != first.label)
    return f"{first.place} {first.label!r}, {other.place} {other.label!r}"
