import random
import re

import pytest

from keras_pe.data.docstrings.duplicates import distinct_texts
from keras_pe.data.word_pairs import word_pairs


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Adds x to y.", "Adds x to y."),
        ("Adds x to y.", "adds  X\nto `y`"),
        ("Adds 3 to y.", "Adds 144 to y."),
        # Four pairs of six.
        ("one two three four five six seven", "one two three four five"),
        # {ab bc cd} and {bc cd de}: 2 of 4.
        ("a b c d", "b c d e"),
    ],
    ids=["exact", "case and marks", "numbers", "a part of it", "exactly half"],
)
def test_near_duplicates_are_dropped(left, right):
    assert distinct_texts([left, "something else here", right]) == [0, 1]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        # {ab bc cd} and {cd de}: 1 of 4.
        ("a b c d", "c d e"),
        # The same words in another order have no pair in common.
        ("a b c d", "d c b a"),
        ("_ > _", "_ < _ and"),
    ],
    ids=["a quarter", "reversed", "no words"],
)
def test_other_texts_are_kept(left, right):
    assert distinct_texts([left, right]) == [0, 1]


def test_the_first_of_the_copies_stays():
    assert distinct_texts(["x y z", "a b c d", "a b c", "x y z", "a b c d"]) == [0, 1]


def test_a_copy_of_a_dropped_text_may_stay():
    # {ab bc cd}, {bc cd de}, {cd de ef}: neighbours share 2 of 4, the first and the last 1 of 5.
    assert distinct_texts(["a b c d", "b c d e", "c d e f"]) == [0, 2]


def test_a_single_word_is_compared_as_it_is():
    assert distinct_texts(["alpha", "beta", "Alpha!"]) == [0, 1]


def test_no_texts_give_no_texts():
    assert distinct_texts([]) == []


def test_word_pairs_are_distinct_and_fold_case_and_numbers():
    assert word_pairs("To be, or not to be: 1 or 22") == {
        "to be",
        "be or",
        "or not",
        "not to",
        "be #",
        "# or",
        "or #",
    }


def test_every_near_duplicate_is_found():
    """Compares with the definition, all pairs one by one, on texts that overlap in every degree."""
    draw = random.Random(3)
    texts = [" ".join(draw.choices("abcdefgh", k=draw.randint(2, 14))) for _ in range(300)]
    for text in texts[:150]:
        words = text.split()
        words[draw.randrange(len(words))] = "x"
        texts.append(" ".join(words))
    kept = []
    for index, text in enumerate(texts):
        if not any(jaccard(text, texts[other]) >= 0.5 for other in kept):
            kept.append(index)
    assert 100 < len(kept) < 400
    assert distinct_texts(texts) == kept


def jaccard(left, right):
    left, right = (set(re.findall(r"(?=\b(\w \w))", text)) for text in (left, right))
    return len(left & right) / len(left | right)
