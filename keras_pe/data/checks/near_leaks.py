"""Texts of which another part holds nearly the same."""

from itertools import accumulate

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
    pairs that thousands of training texts share; their number is given. It says little of texts
    written with a few different words, such as those of generated tasks: all are near.

    Args:
        parts: `Parts`.
        progress: bool. Whether to show a bar on standard error.

    Returns:
        `Finding`. Its numbers are the rows of validation and of test, and the rows not searched.
    """
    held_out = [name for name in parts.examples if name != "training"]
    if not held_out or "training" not in parts.examples:
        return Finding(check="near leaks", found=False, sentence="no other part to compare with")
    codes = _codes(parts, progress)
    rows = _row_numbers(parts)
    numbers, sentences, examples = {"similarity": SIMILARITY}, [], []
    for name in held_out:
        found, skipped = similar_rows(codes, rows["training"], rows[name], similarity=SIMILARITY)
        pairs = _without_equal(parts, name, found)
        numbers |= {f"{name} rows": len(pairs), f"{name} rows not searched": skipped}
        examples += (each.replace(" = ", " ~ ", 1) for each in shown_pairs(pairs))
        if pairs:
            sentences.append(_sentence(name, pairs, len(rows[name])))
    return Finding(
        check="near leaks",
        found=bool(sentences),
        sentence="; ".join(sentences) or "no text nearly the same in training",
        numbers=numbers,
        examples=tuple(examples),
    )


def _codes(parts, progress):
    everything = (example for part in parts.examples.values() for example in part)
    shown = tqdm(everything, "near duplicates", total=parts.total, disable=not progress)
    return PairCodes.of(example.all_text for example in shown)


def _row_numbers(parts):
    """Returns for each part the numbers of its texts among those of all parts."""
    ends = list(accumulate(map(len, parts.examples.values()), initial=0))
    spans = zip(ends, ends[1:], strict=False)
    return dict(zip(parts.examples, (range(*span) for span in spans), strict=True))


def _sentence(name, pairs, rows):
    left, right = pairs[0]
    return (
        f"{count_of(len(pairs), f'{name} row')} ({len(pairs) / rows:.2%}) nearly a training text, "
        f"first {right.place} ~ {left.place}"
    )


def _without_equal(parts, name, found):
    """Returns (training, held-out) pairs of texts that no row of training equals."""
    known = set(parts.contents["training"])
    return [
        (parts.examples["training"][train], parts.examples[name][row])
        for row, train in found.items()
        if parts.contents[name][row] not in known
    ]
