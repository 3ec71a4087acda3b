"""Files beside the labelled text, in another file system: `ram://` here, `gs://` elsewhere."""

import io
import tempfile

import numpy as np
import pytest
import sentencepiece
import tensorflow as tf
from gensim.models import FastText, KeyedVectors
from gensim.models.fasttext import save_facebook_model

from keras_pe.config import RunConfig
from keras_pe.data.example import Example
from keras_pe.data.label_names import read_label_names
from keras_pe.data.target_counts import TargetCounts
from keras_pe.files.local_copy import local_copy
from keras_pe.files.tensorflow_files import RemoteFileError
from keras_pe.prepared_data import learn_tokenizer
from keras_pe.text.word_tokenizer import WordTokenizer
from keras_pe.text.word_vectors import load_word_vectors
from keras_pe.training.class_weights import class_weights

FOLDER = "ram://small"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
EXAMPLES = [Example("no text is read", None, "x.csv", 1)]


def put(name, content):
    address = f"{FOLDER}/{name}"
    tf.io.gfile.makedirs(FOLDER)
    with tf.io.gfile.GFile(address, "wb") as file:
        file.write(content)
    return address


def tokenizer_of(address, kind):
    config = RunConfig(train_file="x.csv", vocabulary_file=address, tokenizer=kind)
    return learn_tokenizer(EXAMPLES, config)


def sentencepiece_model():
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["tea and teas", "the cup"] * 5),
        model_writer=model,
        vocab_size=40,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return model.getvalue()


def test_a_vocabulary_is_read(tmp_path):
    lines = "\n".join([*SPECIAL, "tea", "雨"]) + "\n"
    address = put("vocabulary.txt", lines.encode())
    for kind in ("wordpiece", "words"):
        assert tokenizer_of(address, kind).vocabulary == (*SPECIAL, "tea", "雨")
    model = sentencepiece_model()
    (tmp_path / "here.model").write_bytes(model)
    here = tokenizer_of(str(tmp_path / "here.model"), "unigram").vocabulary
    assert tokenizer_of(put("there.model", model), "unigram").vocabulary == here


def test_label_names_are_read():
    address = put("labels.txt", "\ufeffwet\r\ndry\r\n雨\r\n".encode())
    assert read_label_names(address) == ("wet", "dry", "雨")


def test_class_weights_are_read():
    address = put("weights.json", '{"雨": 3, "dry": 1}'.encode())
    found = class_weights(address, TargetCounts(texts=2, classes={0: 1, 1: 1}), ["dry", "雨"])
    assert found.tolist() == [0.5, 1.5]


@pytest.mark.parametrize("name", ["vectors.txt.gz", "vectors.bin", "fasttext.bin"])
def test_word_vectors_are_read_and_no_copy_is_left(name, tmp_path, monkeypatch):
    if name == "fasttext.bin":
        model = FastText([["tea", "cup"]] * 3, vector_size=4, min_count=1, bucket=10, epochs=1)
        save_facebook_model(model, str(tmp_path / name))
        known = model.wv
    else:
        known = KeyedVectors(4)
        known.add_vectors(["tea", "cup"], np.arange(8, dtype="float32").reshape(2, 4))
        known.save_word2vec_format(str(tmp_path / name), binary=name.endswith(".bin"))
    address = put(name, (tmp_path / name).read_bytes())
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "copies"))
    found = load_word_vectors(address, WordTokenizer([*SPECIAL, "cup", "tea"]))
    assert found.ids.tolist() == [5, 6]
    np.testing.assert_array_equal(found.vectors, [known["cup"], known["tea"]])
    assert list((tmp_path / "copies").iterdir()) == []


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda path: tokenizer_of(path, "words"), "^ram://small/no: there is no such file"),
        (read_label_names, "`label_names_file` must .*='ram://small/no', which is no file"),
        (lambda path: class_weights(path, TargetCounts(texts=1, classes={}), ["a"]),
         "`class_weights` must .*='ram://small/no', which is no file"),
        (lambda path: load_word_vectors(path, WordTokenizer([*SPECIAL, "a"])),
         "^ram://small/no: there is no such file"),
    ],
    ids=["vocabulary", "label-names", "class-weights", "word-vectors"],
)  # fmt: skip
def test_what_is_not_there_is_told_in_one_sentence(read, said):
    with pytest.raises(FileNotFoundError, match=said):
        read(f"{FOLDER}/no")


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda path: tokenizer_of(path, "words"), "ram://small/bad: .*utf-8"),
        (read_label_names, "ram://small/bad: label names must be UTF-8 text"),
        (lambda path: class_weights(path, TargetCounts(texts=1, classes={}), ["a"]),
         "ram://small/bad: class weights must be JSON text"),
        (lambda path: load_word_vectors(path, WordTokenizer([*SPECIAL, "a"])),
         "ram://small/bad: the file must hold word vectors"),
    ],
    ids=["vocabulary", "label-names", "class-weights", "word-vectors"],
)  # fmt: skip
def test_damage_names_the_address(read, said):
    with pytest.raises(ValueError, match=said):
        read(put("bad", b"\xff\xfe\xff"))


def test_a_file_system_that_is_not_known_is_told_once():
    with pytest.raises(ValueError, match="^abc://a/v.txt: TensorFlow must know the file system"):
        tokenizer_of("abc://a/v.txt", "words")


def test_a_lost_connection_leaves_no_copy(tmp_path, monkeypatch):
    def lost(*_):
        raise tf.errors.UnavailableError(None, None, "connection lost")

    address = put("labels.txt", b"wet")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tf.io.gfile.GFile, "read", lost)
    with (
        pytest.raises(RemoteFileError, match="Received: connection lost"),
        local_copy(address) as _,
    ):
        pass
    assert list(tmp_path.iterdir()) == []
