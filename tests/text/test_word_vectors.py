"""Word vectors in every format, found for the entries of every kind of vocabulary."""

import re
import sys

import numpy as np
import pytest
from gensim.models import FastText, KeyedVectors
from gensim.models.fasttext import save_facebook_model

from keras_pe.text.tokenizers import TOKENIZERS
from keras_pe.text.word_tokenizer import WordTokenizer
from keras_pe.text.word_vectors import load_word_vectors

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WORDS = ["tea", "Cup", "茶", "cup", "teas"]
VECTORS = np.arange(20, dtype="float32").reshape(5, 4) - 7.5
FORMATS = {
    "glove.txt": {"binary": False, "write_header": False},
    "glove.txt.gz": {"binary": False, "write_header": False},
    "fasttext.vec": {"binary": False},
    "word2vec.txt": {"binary": False},
    "word2vec.bin": {"binary": True},
    "word2vec.bin.gz": {"binary": True},
}


@pytest.fixture(scope="module")
def vectors():
    known = KeyedVectors(4)
    known.add_vectors(WORDS, VECTORS)
    return known


@pytest.mark.parametrize("name", FORMATS)
def test_the_words_of_a_vocabulary_are_found_in_any_format(name, vectors, tmp_path):
    vectors.save_word2vec_format(str(tmp_path / name), **FORMATS[name])
    tokenizer = WordTokenizer([*SPECIAL, "cup", "nowhere", "tea", "茶"], lowercase=True)
    found = load_word_vectors(tmp_path / name, tokenizer)
    assert found.ids.tolist() == [5, 7, 8]
    np.testing.assert_array_equal(found.vectors, VECTORS[[3, 0, 2]])
    assert (found.entries, found.share) == (4, 0.75)


@pytest.mark.parametrize(("lowercase", "ids"), [(True, [5, 6]), (False, [5])])
def test_a_word_is_found_in_any_case_only_if_case_is_folded(lowercase, ids, tmp_path):
    known = KeyedVectors(4)
    known.add_vectors(["tea", "Paris"], VECTORS[:2])
    known.save_word2vec_format(str(tmp_path / "v.vec"))
    tokenizer = WordTokenizer([*SPECIAL, "tea", "paris"], lowercase=lowercase)
    assert load_word_vectors(tmp_path / "v.vec", tokenizer).ids.tolist() == ids


def test_a_file_of_other_words_is_refused(vectors, tmp_path):
    vectors.save_word2vec_format(str(tmp_path / "v.vec"))
    with pytest.raises(ValueError, match="v.vec: the file must have vectors of words that"):
        load_word_vectors(tmp_path / "v.vec", WordTokenizer([*SPECIAL, "x"]))


def test_a_fasttext_model_is_read(tmp_path):
    model = FastText([["tea", "cup", "teas"]] * 9, vector_size=4, min_count=1, epochs=1, bucket=9)
    save_facebook_model(model, str(tmp_path / "model.bin"))
    tokenizer = WordTokenizer([*SPECIAL, "tea", "teacup"])
    found = load_word_vectors(tmp_path / "model.bin", tokenizer)
    assert found.ids.tolist() == [5]
    np.testing.assert_allclose(found.vectors[0], model.wv["tea"], rtol=1e-5)


@pytest.mark.parametrize(
    ("name", "vocabulary", "ids"),
    [
        ("wordpiece", ["tea", "##tea", "茶"], [5, 7]),
        ("characters", ["t", "茶"], [6]),
        ("words", ["tea", "茶"], [5, 6]),
    ],
)
def test_what_is_looked_up_depends_on_the_tokenizer(name, vocabulary, ids, vectors, tmp_path):
    vectors.save_word2vec_format(str(tmp_path / "v.vec"))
    tokenizer = TOKENIZERS[name]([*SPECIAL, *vocabulary])
    assert load_word_vectors(tmp_path / "v.vec", tokenizer).ids.tolist() == ids


def test_of_sentencepiece_those_that_begin_a_word_and_chinese_are_looked_up(vectors, tmp_path):
    vectors.save_word2vec_format(str(tmp_path / "v.vec"))
    tokenizer = TOKENIZERS["bpe"].learn(["tea 茶 tea 好茶 xtea"] * 9, vocabulary_size=60)
    found = load_word_vectors(tmp_path / "v.vec", tokenizer).ids
    assert "▁tea" in tokenizer.vocabulary
    assert {tokenizer.vocabulary[number] for number in found} <= {"▁tea", "茶", "▁茶"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "v: the file must hold word vectors: GloVe's text, word2vec's text or binary"),
        (b"\x89PNG\r\n\x1a\n", "v: the file must hold word vectors"),
        (b"text,label\ngood film,positive\n", "v: the file must hold word vectors"),
        (b"9 4\ntea 1 2 3 4\n", "v: the vectors cannot be read to their end."),
        (b"tea 1 2 3 4\ncup 1 2\n", "v: the vectors cannot be read to their end."),
        (b"9 4\ntea \x00\x00\x00", "v: the vectors cannot be read to their end."),
    ],
    ids=["empty", "a picture", "a table", "cut text", "a short line", "cut binary"],
)
def test_a_file_without_vectors_is_refused(content, message, tmp_path):
    (tmp_path / "v").write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(message)):
        load_word_vectors(tmp_path / "v", WordTokenizer([*SPECIAL, "tea"]))


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match="nowhere"):
        load_word_vectors("nowhere.vec", WordTokenizer([*SPECIAL, "tea"]))


def test_without_gensim_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "gensim.models", None)
    with pytest.raises(ImportError, match=r"pip install keras-pe\[vectors\]"):
        load_word_vectors(tmp_path / "v", WordTokenizer([*SPECIAL, "tea"]))
