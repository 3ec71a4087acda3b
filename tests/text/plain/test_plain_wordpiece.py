"""The tokenizer in plain Python gives the ids of the one in the graph, whatever the text."""

import json
import random

import pytest
import tensorflow as tf

from keras_pe.text.character_table import character_table
from keras_pe.text.plain.plain_framing import PlainFraming
from keras_pe.text.plain.plain_preparation import PlainPreparation
from keras_pe.text.plain.plain_wordpiece import PlainWordPiece
from keras_pe.text.wordpiece import learn_wordpiece
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

TEXTS = [
    *("A good film, isn't it?", "İstanbul Straße ﬁne ½ x² CAFÉ naïve", "好电影，很好！", "한국어"),
    *("Ⅻ ㎏ ｆｕｌｌ ﷺ", "e\u0301 a\u200bb soft\u00adhyphen", "tab\tline\nsep\u2028end\u3000"),
    "[CLS] [PAD] ##s",
    *("", " ", "\ufeff", "👍🏽 👨‍👩‍👧 🇩🇪", "मानक हिन्दी", "ไทย", "שלום עולם", "\x00\x1f\x7f"),
]  # fmt: skip


@pytest.fixture(scope="module", params=[True, False], ids=["folded", "kept"])
def pair(request):
    """The tokenizer in the graph, and the same in plain Python, of a table that was on disk."""
    learned = learn_wordpiece(TEXTS * 20, vocabulary_size=400, lowercase=request.param)
    tokenizer = WordPieceTokenizer(learned, lowercase=request.param)
    table = json.loads(json.dumps(character_table(tokenizer)))
    shared = {"prepare": PlainPreparation(table), "frame": PlainFraming(2, 3, max_length=64)}
    return tokenizer, PlainWordPiece(tokenizer.vocabulary, **shared)


def assert_equal_ids(pair, texts):
    tokenizer, plain = pair
    expected = tokenizer.encode(tf.constant(texts, tf.string), 64).to_list()
    assert len(expected) == len(texts) > 0
    assert [plain(text) for text in texts] == expected


def test_scripts_of_the_world(pair):
    assert_equal_ids(pair, [text.encode() for text in TEXTS])
    assert pair[1](TEXTS[0]) == pair[1](TEXTS[0].encode())


def test_every_seventh_character_of_unicode_alone_and_inside_a_word(pair):
    points = [c for c in range(0, 0x110000, 7) if not 0xD800 <= c <= 0xDFFF]
    assert_equal_ids(pair, [f"{chr(c)} a{chr(c)}a".encode() for c in points])


def test_drawn_characters(pair):
    draw = random.Random(3)
    letters = "".join(TEXTS)
    texts = ["".join(draw.choices(letters, k=draw.randint(1, 80))) for _ in range(1_000)]
    assert_equal_ids(pair, [text.encode() for text in texts])


def test_bytes_that_are_not_utf8(pair):
    draw = random.Random(4)
    texts = [b"good \xff\xfe \xc3( a\xe4\xbd", *(draw.randbytes(20) for _ in range(500))]
    assert_equal_ids(pair, texts)


def test_words_are_unknown_from_101_bytes_on(pair):
    counts = (33, 34, 50, 51, 100, 101)
    texts = [letter * count for letter in ("a", "é", "好", "한") for count in counts]
    assert_equal_ids(pair, [text.encode() for text in texts])
    unknown = pair[0].vocabulary.index("[UNK]")
    assert unknown not in pair[1]("a" * 100)
    assert pair[1]("a" * 101)[1:-1] == [unknown]


def test_characters_that_could_only_be_unknown_are_left_out():
    table = character_table(WordPieceTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "##a"]))
    assert table["replaced"]["Á"] == "a"
    assert table["replaced"]["℀"] == "a / c"  # It cuts words, spelled or not.
    assert "B" not in table["replaced"]
    assert [0x4E00, 0x9FFF] in table["alone"]
    assert [0x300, 0x344] in table["removed"]  # U+0345 folds to a letter, iota.
