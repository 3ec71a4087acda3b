import pytest

from keras_pe.text.words import WordSplitter


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("To be, or not to be", ["to", "be", ",", "or", "not", "to", "be"]),
        ("Ｃａｆé：№5", ["cafe", ":", "no5"]),
        ("中文and中", ["中", "文", "and", "中"]),
        ("a\x00b\x85c\u3000d", ["a", "b", "c", "d"]),
        ("", []),
    ],
    ids=["english", "accents and full width", "chinese", "control characters", "empty"],
)
def test_words_are_split_and_folded(text, words):
    assert list(WordSplitter(lowercase=True).count([text]).elements()) == sorted(
        words, key=words.index
    )


def test_case_and_accents_stay_if_they_are_to_stay():
    assert WordSplitter(lowercase=False).count(["Café：中文"]) == {
        "Café": 1,
        "：": 1,
        "中": 1,
        "文": 1,
    }


def test_words_are_counted_over_many_chunks():
    assert WordSplitter(lowercase=True).count(["a b a"] * 1_300) == {"a": 2_600, "b": 1_300}


def test_a_word_of_more_than_100_bytes_is_no_word():
    assert WordSplitter(lowercase=True).count(["x" * 100, "x" * 101]) == {"x" * 100: 1}


def test_half_a_character_becomes_a_question_mark():
    assert WordSplitter(lowercase=True).count(["a\ud800"]) == {"a": 1, "?": 1}


def test_punctuation_and_chinese_characters_join_nothing():
    splitter = WordSplitter(lowercase=True)
    assert splitter.joining(["a", "7", "é", "😀", "ア", "한", ".", "中"]) == set("a7é😀ア한")
    assert splitter.joining([]) == set()
