"""Texts of which another part holds nearly the same."""

from tqdm import tqdm

from keras_pe.data.checks.finding import Finding, count_of, shown_pairs
from keras_pe.data.checks.pair_codes import PairCodes
from keras_pe.data.checks.parts import Parts
from keras_pe.data.checks.similar_rows import similar_rows

SIMILARITY = 0.7


def near_leaks(parts: Parts, *, progress: bool = False) -> Finding:
    """Finds held-out texts that are nearly, but not exactly, a training text.

    Near means a Jaccard similarity |A & B| / |A | B| of at least 0.7 of the sets of word pairs, as
    `keras_pe.data.word_pairs` makes them. The search is exact, but for texts made of nothing but
    pairs that thousands of training texts share; their number is given.

    Args:
        parts: `Parts`.
        progress: bool. Whether to show a bar on standard error.

    Returns:
        `Finding`. Its numbers are the rows of validation and of test, and the rows not searched.
    """
    numbers, sentences, examples = {"similarity": SIMILARITY}, [], []
    held_out = [name for name in parts.examples if name != "training"]
    if not held_out or "training" not in parts.examples:
        return Finding(check="near leaks", found=False, sentence="no other part to compare with")
    codes = PairCodes.of(
        example.text
        for example in tqdm(
            (e for part in parts.examples.values() for e in part),
            "near duplicates",
            total=parts.total,
            disable=not progress,
        )
    )
    train = range(len(parts.examples["training"]))
    start = len(train)
    for name in held_out:
        part = parts.examples[name]
        found, skipped = similar_rows(
            codes, train, range(start, start + len(part)), similarity=SIMILARITY
        )
        start += len(part)
        pairs = _without_equal(parts, name, found)
        numbers |= {f"{name} rows": len(pairs), f"{name} rows not searched": skipped}
        examples += shown_pairs(pairs)
        if pairs:
            left, right = pairs[0]
            sentences.append(
                f"{count_of(len(pairs), f'{name} row')} ({len(pairs) / len(part):.2%}) nearly a "
                f"training text, first {right.place} ~ {left.place}"
            )
    return Finding(
        check="near leaks",
        found=bool(sentences),
        sentence="; ".join(sentences) or "no text nearly the same in training",
        numbers=numbers,
        examples=tuple(each.replace(" = ", " ~ ", 1) for each in examples),
    )


def _without_equal(parts, name, found):
    """Returns (training, held-out) pairs of texts that no row of training equals."""
    known = set(parts.contents["training"])
    return [
        (parts.examples["training"][train], parts.examples[name][row])
        for row, train in found.items()
        if parts.contents[name][row] not in known
    ]
