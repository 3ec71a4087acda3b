import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
import tensorflow as tf

from keras_pe.text.wordpiece import learn_wordpiece
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
CHINESE = [chr(code) for code in range(0x4E00, 0x4E00 + 3_000)]
TITLES = Path(__file__).parents[3] / "shared" / "data" / "thucnews_titles"


def some_texts():
    # Many words are equally frequent, so ties between merges must be broken.
    draw = random.Random(0)
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    words = ["".join(draw.choices(syllables, k=3)) for _ in range(400)]
    return [" ".join(draw.choices(words, k=20)) for _ in range(100)]


def test_characters_come_first_and_then_merges_that_are_used_twice():
    # ab is there three times, ac once.
    assert learn_wordpiece(["ab ab", "ab ac!"], vocabulary_size=100) == [
        *SPECIAL,
        *("!", "a", "b", "c"),
        *("##a", "##b", "##c"),
        "ab",
    ]


def test_merges_come_in_the_order_of_their_frequency():
    # t+h: 5, th+e: 3, a+n: 2, and there is room for two of them.
    vocabulary = learn_wordpiece(["the the the th th an an"], vocabulary_size=5 + 10 + 2)
    assert vocabulary[15:] == ["th", "the"]


@pytest.mark.parametrize("vocabulary_size", [7, 8, 30, 100, 500])
def test_the_vocabulary_is_never_larger_than_asked(vocabulary_size):
    vocabulary = learn_wordpiece(some_texts(), vocabulary_size=vocabulary_size)
    assert len(vocabulary) <= vocabulary_size
    assert vocabulary[:5] == SPECIAL
    assert len(set(vocabulary)) == len(vocabulary)


def test_a_small_corpus_gives_what_it_has():
    assert learn_wordpiece(["茶"], vocabulary_size=10_000) == [*SPECIAL, "茶"]


def test_texts_may_come_from_a_generator():
    texts = some_texts()
    assert learn_wordpiece((text for text in texts), vocabulary_size=500) == learn_wordpiece(
        texts, vocabulary_size=500
    )


def test_every_chinese_character_has_an_entry():
    vocabulary = learn_wordpiece(["".join(CHINESE)], vocabulary_size=10_000)
    assert vocabulary == [*SPECIAL, *CHINESE]


def test_what_a_tokenizer_folds_is_folded_before_it_is_learned():
    assert learn_wordpiece(["标题：Ａ"], vocabulary_size=100) == [
        *SPECIAL,
        *(":", "a", "标", "题"),
        "##a",
    ]


def test_without_folding_case_and_accents_are_learned():
    vocabulary = learn_wordpiece(["Été Été，中"], vocabulary_size=100, lowercase=False)
    assert vocabulary[5:] == [*"tÉé中，", "##t", "##É", "##é", "Ét", "Été"]


@pytest.mark.parametrize(("count", "known"), [(9, False), (10, True)])
def test_a_character_of_a_large_corpus_must_appear_ten_times(count, known):
    # 60,000 characters, of which 12 may stay unknown.
    texts = ["ab " * 30_000, "§ " * count]
    assert ("§" in learn_wordpiece(texts, vocabulary_size=100)) is known


def test_too_little_room_keeps_the_most_frequent_characters_and_says_so(caplog):
    texts = ["中中中 文文 字"]
    assert learn_wordpiece(texts, vocabulary_size=7) == [*SPECIAL, "中", "文"]
    assert "room for 2 of the 3 different characters, 83.33 % of the text" in caplog.text


@pytest.mark.parametrize("lowercase", [True, False], ids=["folded", "as it stands"])
def test_no_text_that_was_learned_from_holds_an_unknown_word(lowercase):
    texts = [
        "Ça coûte 5 € — déjà!",
        "体育：中国队，加油。（图）",
        "한국어와 カタカナ ひらがな",
        "emoji 👍🏽 and ﬁne ½ № ﬂuff",
        "tab\tnul\x00next\x85line",
    ]
    tokenizer = WordPieceTokenizer(
        learn_wordpiece(texts, vocabulary_size=1_000, lowercase=lowercase), lowercase=lowercase
    )
    assert 1 not in tokenizer.tokenize(tf.constant(texts)).flat_values.numpy()


def test_the_same_texts_give_the_same_list_again():
    first = learn_wordpiece(some_texts(), vocabulary_size=400)
    assert all(learn_wordpiece(some_texts(), vocabulary_size=400) == first for _ in range(5))


def test_the_same_texts_give_the_same_list_in_another_process():
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_wordpiece import learn_wordpiece, some_texts\n"
        "print(*learn_wordpiece(some_texts(), vocabulary_size=400), sep='\\n')"
    )
    other = {"PYTHONHASHSEED": "17", "TOKENIZERS_PARALLELISM": "false", "PYTHONUTF8": "1"}
    result = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | other,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split("\n")[:-1] == learn_wordpiece(some_texts(), vocabulary_size=400)


@pytest.mark.parametrize("vocabulary_size", [6, 0, -1])
def test_a_vocabulary_without_room_for_pieces_is_refused(vocabulary_size):
    with pytest.raises(
        ValueError,
        match=re.escape(
            "`vocabulary_size` must be at least 7: 5 special tokens and one character, alone "
            f"and as a continuation. Received: vocabulary_size={vocabulary_size}"
        ),
    ):
        learn_wordpiece(["text"], vocabulary_size=vocabulary_size)


@pytest.mark.parametrize("vocabulary_size", [1e4, "100", None])
def test_a_size_that_is_no_whole_number_is_refused(vocabulary_size):
    with pytest.raises(TypeError, match="`vocabulary_size` must be a whole number. Received"):
        learn_wordpiece(["text"], vocabulary_size=vocabulary_size)


def test_a_single_string_is_refused():
    with pytest.raises(TypeError, match="`texts` must be an iterable of strings. Received: .*'to"):
        learn_wordpiece("to be", vocabulary_size=100)


@pytest.mark.parametrize("texts", [[], ["", " \n"]], ids=["no texts", "empty texts"])
def test_texts_without_a_word_are_refused(texts):
    with pytest.raises(ValueError, match="`texts` must hold at least one word. Received: none"):
        learn_wordpiece(texts, vocabulary_size=100)


@pytest.mark.skipif(not TITLES.exists(), reason="the data sets are not here")
def test_real_chinese_titles_are_known():
    lines = (TITLES / "train.csv").read_text(encoding="utf-8").split("\n")
    tokenizer = WordPieceTokenizer(learn_wordpiece(lines[:20_000], vocabulary_size=8_000))
    ids = tokenizer.tokenize(tf.constant(lines[20_000:30_000])).flat_values.numpy()
    assert (ids == 1).mean() < 0.002
