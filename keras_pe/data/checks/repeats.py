"""Texts that stand more than once in one part."""

from keras_pe.data.checks.finding import Finding, count_of, shown_pairs
from keras_pe.data.checks.parts import Parts


def repeats(parts: Parts) -> Finding:
    """Finds rows whose text stands before them in the same part, but for case and punctuation.

    Empty texts do not count.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. Its numbers say for each part how many rows repeat an earlier one.
    """
    numbers, sentences, examples = {}, [], []
    for name, part in parts.examples.items():
        pairs = _pairs(zip(parts.contents[name], part, strict=True))
        numbers[f"{name} rows"] = len(pairs)
        examples += shown_pairs(pairs)
        if pairs:
            said = f"{count_of(len(pairs), f'{name} row')} ({len(pairs) / len(part):.2%})"
            sentences.append(f"{said}, first {pairs[0][1].place} = {pairs[0][0].place}")
    said = f"repeats of an earlier row: {'; '.join(sentences)}"
    return Finding(
        check="repeats inside a part",
        found=bool(sentences),
        sentence=said if sentences else "no text twice in one part",
        numbers=numbers,
        examples=tuple(examples),
    )


def _pairs(rows):
    first, pairs = {}, []
    for key, example in rows:
        before = first.setdefault(key, example)
        if key and before is not example:
            pairs.append((before, example))
    return pairs
