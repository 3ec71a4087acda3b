"""The similarity join, beside its definition."""

import random

import numpy as np
import pytest

from keras_pe.data.checks import Parts, near_leaks, similar_rows
from keras_pe.data.checks.pair_codes import PairCodes
from keras_pe.data.example import Example
from keras_pe.data.splits import Splits
from keras_pe.data.word_pairs import word_pairs


def texts_of_every_similarity(count, words, seed):
    """Texts, each followed by copies with more and more of its words replaced."""
    draw = random.Random(seed)
    texts = []
    while len(texts) < count:
        text = [f"w{draw.randrange(40)}x" for _ in range(draw.randint(1, words))]
        texts.append(" ".join(text))
        for _ in range(4):
            text[draw.randrange(len(text))] = f"v{draw.randrange(9)}x"
            texts.append(" ".join(text))
    draw.shuffle(texts)
    return texts


def jaccard(left, right):
    left, right = word_pairs(left), word_pairs(right)
    return len(left & right) / len(left | right)


@pytest.mark.parametrize("words", [3, 12, 80], ids=lambda words: f"up to {words} words")
@pytest.mark.parametrize("similarity", [0.5, 0.7, 0.9])
def test_the_join_finds_exactly_the_most_similar_texts(words, similarity):
    texts = texts_of_every_similarity(300, words, seed=words)
    left, right = range(0, 180), range(180, 300)
    found, lost = similar_rows.similar_rows(PairCodes.of(texts), left, right, similarity=similarity)
    expected = {}
    for row in right:
        scores = [jaccard(texts[row], texts[other]) for other in left]
        if max(scores) >= similarity:
            expected[row - 180] = int(np.argmax(scores))
    assert found == expected
    assert len(found) > 3
    assert lost == 0


def test_pairs_too_common_to_look_up_are_admitted(monkeypatch):
    monkeypatch.setattr(similar_rows, "_COMMON", 3)
    texts = ["one two three"] * 5 + ["one two three", "a rare text of its own"]
    found, lost = similar_rows.similar_rows(
        PairCodes.of(texts), range(5), range(5, 7), similarity=0.7
    )
    assert (found, lost) == ({}, 1)


def test_codes_fold_case_numbers_and_repetition():
    codes = PairCodes.of(["Pay 3 now, pay 3 now", "pay 44 NOW pay", "", "word"])
    assert np.diff(codes.offsets).tolist() == [3, 3, 0, 1]
    assert codes.codes[:3].tolist() == codes.codes[3:6].tolist()


def examples(name, *texts):
    return [Example(text, "x", f"{name}.csv", row) for row, text in enumerate(texts, 2)]


def test_near_texts_are_reported_and_equal_ones_are_not():
    train = examples("train", "tonight rain will fall on the hills of the north", "equal text here")
    test = examples(
        "test", "Equal, text here!", "tonight rain will fall on the hills of the south", "other"
    )
    found = near_leaks(Parts(Splits(train, [], test)))
    assert found.numbers == {"similarity": 0.7, "test rows": 1, "test rows not searched": 0}
    assert "first test.csv:3 ~ train.csv:2" in found.sentence
    assert found.examples[0].startswith("train.csv:2 ~ test.csv:3: 'tonight")


def test_chinese_titles_are_compared_by_characters():
    train = examples("train", "《梦幻天劫》2月24日更新公告")
    test = examples("test", "《梦幻天劫》3月9日更新公告", "国内商品期货多数下跌")
    found = near_leaks(Parts(Splits(train, test, [])))
    assert found.numbers["validation rows"] == 1


def test_one_part_alone_has_nothing_to_compare_with():
    found = near_leaks(Parts(Splits(examples("train", "a b c"), [], [])))
    assert not found.found
