"""Vocabularies that somebody else made."""

import io
import re

import pytest
import sentencepiece
import tensorflow as tf

from keras_pe.config import RunConfig
from keras_pe.data.example import Example
from keras_pe.prepared_data import learn_tokenizer
from keras_pe.text.tokenizers import TOKENIZERS, load_tokenizer

TEXTS = ["tea and teas", "the tea, the cup", "茶 and cups"] * 5


@pytest.fixture(scope="module")
def foreign_model():
    """A model with the library's own special tokens: <unk>, <s>, </s>, and no padding."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(TEXTS),
        model_writer=model,
        vocab_size=40,
        hard_vocab_limit=False,
        user_defined_symbols=["[MASK]"],
        minloglevel=2,
    )
    return model.getvalue()


def learned(tmp_path, name, content, **settings):
    path = tmp_path / name
    path.write_bytes(content)
    config = RunConfig(train_file="x.csv", vocabulary_file=str(path), **settings)
    return learn_tokenizer([Example("no text is read", None, "x.csv", 1)], config)


def test_a_vocabulary_like_that_of_bert_is_taken_as_it_is(tmp_path):
    pieces = "[PAD]\n[unused1]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ntea\n##s\n茶\n".encode()
    tokenizer = learned(tmp_path, "vocab.txt", pieces)
    ids = tokenizer.encode(tf.constant(["Teas 茶 cup"]), max_length=9)
    assert ids.to_list() == [[3, 6, 7, 8, 2, 4]]


def test_the_ids_of_a_foreign_model_move_behind_the_special_tokens(foreign_model, tmp_path):
    tokenizer = learned(tmp_path, "spm.model", foreign_model, tokenizer="unigram", lowercase=False)
    theirs = sentencepiece.SentencePieceProcessor(model_proto=foreign_model)
    unknown = theirs.unk_id()
    for text in ("tea and cup", "teacup Q 茶 ￥", "", "[CLS] <s>"):
        ids = theirs.encode(text)
        expected = [1 if number == unknown else number + 5 for number in ids]
        assert tokenizer.tokenize(tf.constant([text])).to_list() == [expected]
    assert len(tokenizer.vocabulary) == theirs.get_piece_size() + 5
    tokenizer.save(tmp_path / "saved")
    assert load_tokenizer(tmp_path / "saved").vocabulary == tokenizer.vocabulary
    ids = tokenizer.tokenize(tf.constant(["the teas"]))
    assert tokenizer.detokenize(ids).numpy().tolist() == [b"the teas"]


@pytest.mark.parametrize(
    ("content", "settings", "message"),
    [
        (b"[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\na\n", {}, "Received: 'a', in the lines 5 and 7"),
        (b"[PAD]\n[UNK]\n\n[CLS]\n", {}, "Received: '', in line 3"),
        (b"the\ncup\n", {}, "v: `vocabulary` must begin with [PAD]. Received: ['the'"),
        (
            b"[PAD]\n[UNK]\n[CLS]\n[SEP]\nab\n",
            {"tokenizer": "characters"},
            "v: Entries of a vocabulary of characters must be special tokens or single "
            "characters. Received: 'ab', in line 5",
        ),
        (b"[PAD]\n", {"tokenizer": "bpe"}, "v: The file must be a SentencePiece model"),
        (b"", {"tokenizer": "unigram"}, "v: The file must be a SentencePiece model"),
        (b"", {"tokenizer": "bytes"}, "`vocabulary_file` has no effect with tokenizer='bytes'"),
        (b"", {"vocabulary_size": 99}, "`vocabulary_size` has no effect with vocabulary_file"),
    ],
    ids=[
        *("twice", "empty line", "no special token", "no character", "text for a model"),
        *("nothing", "fixed entries", "a size"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path, content, settings, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        learned(tmp_path, "v", content, **settings)


def test_a_model_of_another_type_is_refused(foreign_model, tmp_path):
    with pytest.raises(ValueError, match="spm: the model must be of the type bpe.*'unigram'"):
        learned(tmp_path, "spm", foreign_model, tokenizer="bpe")


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match="nowhere"):
        learn_tokenizer([], RunConfig(train_file="x.csv", vocabulary_file="nowhere.txt"))


def test_a_size_has_no_effect_on_bytes():
    config = RunConfig(train_file="x.csv", tokenizer="bytes", vocabulary_size=99)
    with pytest.raises(ValueError, match="`vocabulary_size` has no effect with tokenizer='bytes'"):
        learn_tokenizer([], config)


def test_every_kind_that_learns_can_be_read(tmp_path):
    for name, kind in TOKENIZERS.items():
        if kind.learns:
            kind.learn(TEXTS, vocabulary_size=60).save(tmp_path / name)
            content = (tmp_path / name / kind.vocabulary_file).read_bytes()
            read = learned(tmp_path, "own", content, tokenizer=name)
            assert read.vocabulary == load_tokenizer(tmp_path / name).vocabulary
