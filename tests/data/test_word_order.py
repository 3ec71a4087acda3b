"""Texts and their copies with words out of place."""

import random
from collections import Counter

import pytest

from keras_pe.data.example import Example
from keras_pe.data.word_order import word_order_examples

WORDS = list("abcdefghijklmnopq")


def texts_of(count=400):
    draw = random.Random(0)
    return [" ".join(draw.sample(WORDS, draw.randint(2, len(WORDS)))) for _ in range(count)]


def examples_of(texts):
    return [Example(text, "topic", "train.csv", row) for row, text in enumerate(texts, start=2)]


def word_order(texts, distance=3, seed=0):
    return word_order_examples(examples_of(texts), distance=distance, seed=seed)


def shuffled(text, distance=3):
    """The first shuffled form of a text among those of some seeds."""
    forms = (word_order([text], distance, seed)[0] for seed in range(50))
    return next(form.text for form in forms if form.label == "shuffled")


def test_about_half_stay_and_the_rest_differ():
    texts = texts_of()
    found = word_order(texts)
    assert 0.42 < Counter(example.label for example in found)["shuffled"] / len(texts) < 0.58
    for text, example in zip(texts, found, strict=True):
        assert (example.text == text) == (example.label == "original")
        assert Counter(example.text.split()) == Counter(text.split())


@pytest.mark.parametrize("distance", [2, 3, 7])
def test_no_word_moves_by_the_distance_but_some_nearly(distance):
    texts = texts_of()
    furthest = 0
    for text, example in zip(texts, word_order(texts, distance), strict=True):
        before, after = text.split(), example.text.split()
        moves = [abs(place - after.index(word)) for place, word in enumerate(before)]
        furthest = max(furthest, *moves)
    assert max(distance - 2, 1) <= furthest < distance


def test_equal_texts_agree_wherever_they_stand():
    texts = texts_of(30)
    alone = [word_order([text])[0] for text in texts]
    together = word_order([*texts[::-1], *texts])
    by_text = [(example.text, example.label) for example in alone]
    assert [(e.text, e.label) for e in together] == [*by_text[::-1], *by_text]


def test_the_seed_decides():
    assert word_order(texts_of()) == word_order(texts_of())
    assert word_order(texts_of()) != word_order(texts_of(), seed=1)


def test_no_text_is_there_in_both_forms():
    texts = [" ".join(random.Random(i).sample(WORDS, len(WORDS))) for i in range(300)]
    kept = {example.text for example in word_order(texts) if example.label == "original"}
    moved = [t for t, e in zip(texts, word_order(texts), strict=True) if e.label == "shuffled"]
    assert not kept & set(moved)


def test_the_place_is_kept():
    assert [e.place for e in word_order(["b a", "c d"])] == ["train.csv:2", "train.csv:3"]


def test_texts_without_two_different_words_are_left_out(caplog):
    found = word_order(["", "one", "no no no", "好好", "yes no"])
    assert [example.row for example in found] == [6]
    assert "4 texts without two different words are left out" in caplog.text


def test_a_text_with_one_swap_that_shows_is_found():
    assert shuffled("a a a a a a b", distance=2) == "a a a a a b a"


@pytest.mark.parametrize("text", ["我爱喝热茶。", "東京タワーへ行く", "사랑해요"])
def test_characters_are_words_joined_without_spaces(text):
    found = shuffled(text)
    assert found != text
    assert sorted(found) == sorted(text)


@pytest.mark.parametrize("text", [" a\tb\n\nc  d ", "나는 학교에 간다", "我 爱茶"])
def test_white_space_stays_in_its_places(text):
    found = shuffled(text)
    assert [c if c.isspace() else "." for c in found] == [c if c.isspace() else "." for c in text]


def test_words_that_would_become_one_get_a_space():
    forms = {word_order(["用GPU跑CPU好"], seed=seed)[0].text for seed in range(60)}
    assert {form.replace(" ", "") == form for form in forms} == {True, False}
    assert all(not {"GPUCPU", "CPUGPU"} & set(form.split()) for form in forms)
    assert all("GPU" in form and "CPU" in form for form in forms)


def test_bytes_that_are_not_utf_8_do_not_stop_it():
    assert len(word_order(["caf\udce9 au lait"])) == 1


def test_a_distance_that_moves_nothing_is_refused():
    with pytest.raises(ValueError, match="`distance` must be at least 2. Received: distance=1"):
        word_order(["a b"], distance=1)
