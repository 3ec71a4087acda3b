"""Each tokenizer in plain Python gives the ids of the one in the graph: single texts and pairs."""

import json
import random

import pytest
import tensorflow as tf

from keras_pe.text.character_table import character_table
from keras_pe.text.plain.plain_tokenizers import PLAIN_TOKENIZERS, plain_tokenizer
from keras_pe.text.plain_description import plain_description
from keras_pe.text.tokenizers import TOKENIZERS
from keras_pe.text.truncations import TRUNCATIONS

TEXTS = [
    *("A good film, isn't it?", "İstanbul Straße ﬁne ½ x² CAFÉ naïve", "好电影，很好！", "한국어"),
    *("Ⅻ ㎏ ｆｕｌｌ ﷺ ſ K", "e\u0301 a\u200bb soft\u00adhyphen", "tab\tline\nsep\u2028\u3000"),
    *("[CLS] [PAD] ##s <0x0A> </s> ▁a", "", "\ufeff", "👍🏽 👨‍👩‍👧", "मानक ไทย"),
    *("\x00\x1f\x7f\x85", " ", "<<p>>", "שלום"),
    *("&amp;lt;b&GT; &ſpoſ; &NBſP; &#x2019; $1 \\1", "a<B><ſ a\n>b<1<!-- x\n<y> -->c</a >"),
    *("&#0150; &#x80; &#0; &#xD800; &#9999999; &#99999999;", "&Eacute;&EACUTE;&nbsp;&#X1f600;&no;"),
]  # fmt: skip
CLEANED = {"clean": "entities, tags,control,spaces", "unicode_normalization": "nfkc"}


@pytest.fixture(scope="module")
def plain_of(tmp_path_factory):
    """Returns a function: the plain tokenizer of one in the graph, by way of its files."""

    tables = {}

    def made(tokenizer, max_length=64):
        key = (tokenizer.vocabulary, tokenizer.lowercase)
        if key not in tables:
            tables[key] = json.loads(json.dumps(character_table(tokenizer)))
        folder = tmp_path_factory.mktemp("plain")
        tokenizer.write_vocabulary_file(folder / tokenizer.vocabulary_file)
        told = plain_description(tokenizer) | {"max_length": max_length}
        return plain_tokenizer(
            folder,
            json.loads(json.dumps(told)),
            tables[key],
        )

    return made


@pytest.fixture(scope="module", params=TOKENIZERS)
def kind(request):
    return TOKENIZERS[request.param]


@pytest.fixture(scope="module", params=["folded", "kept", "cleaned"])
def tokenizer(kind, request):
    settings = {"lowercase": request.param != "kept"}
    settings |= CLEANED if request.param == "cleaned" else {}
    return kind.learn(TEXTS * 3, vocabulary_size=200, **settings)


def assert_equal_ids(tokenizer, plain, texts):
    expected = tokenizer.encode(tf.constant(texts, tf.string), 64).to_list()
    assert len(expected) == len(texts) > 0
    assert [plain(text) for text in texts] == expected


def test_every_tokenizer_has_one():
    assert list(PLAIN_TOKENIZERS) == list(TOKENIZERS)


def test_texts_of_every_kind(tokenizer, plain_of):
    plain, draw = plain_of(tokenizer), random.Random(3)
    letters = "".join(TEXTS)
    drawn = ["".join(draw.choices(letters, k=draw.randint(1, 60))) for _ in range(200)]
    assert_equal_ids(tokenizer, plain, [text.encode() for text in (*TEXTS, *drawn)])
    invalid = [b"good \xff\xfe \xc3( a\xe4\xbd", b"\xed\xa0\x80", b"\xf0\x9f\x98"]
    assert_equal_ids(tokenizer, plain, [*invalid, *(draw.randbytes(20) for _ in range(200))])
    assert plain("a\ud800b") == plain(b"a\xed\xa0\x80b")


def test_every_thirteenth_character_of_unicode(plain_of):
    tokenizer = TOKENIZERS["bytes"]()
    points = [c for c in range(0, 0x110000, 13) if not 0xD800 <= c <= 0xDFFF]
    assert_equal_ids(tokenizer, plain_of(tokenizer), [f"a{chr(c)}b".encode() for c in points])


@pytest.mark.parametrize("name", ["characters", "words"])
def test_what_is_too_long_is_cut_alike(name, plain_of):
    learned = TOKENIZERS[name].learn(TEXTS * 3, vocabulary_size=200, lowercase=False)
    long = [text * 9 for text in TEXTS[:4]]
    firsts, seconds = (
        [*long, *long, "a", "", "a"],
        [*long[::-1], "a", "", *long[:2], *long[:2], "b"],
    )
    for truncation in TRUNCATIONS:
        tokenizer = learned.truncating(truncation)
        for length in (5, 8, 30):
            plain = plain_of(tokenizer, length)
            assert [plain(text) for text in firsts] == tokenizer.encode(firsts, length).to_list()
            expected = tokenizer.encode(firsts, length, tf.constant(seconds)).to_list()
            assert [plain(*pair) for pair in zip(firsts, seconds, strict=True)] == expected


def test_a_sentencepiece_model_of_somebody_else(plain_of):
    own = TOKENIZERS["bpe"].learn(TEXTS * 3, vocabulary_size=200, lowercase=False)
    proto = own._model.replace(b"[MASK]", b"<mask>")
    foreign = TOKENIZERS["bpe"](proto, lowercase=False)
    assert foreign.id_shift == 5
    assert_equal_ids(foreign, plain_of(foreign), [text.encode() for text in TEXTS])
