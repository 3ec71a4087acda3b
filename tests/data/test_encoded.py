import re

import numpy as np
import pytest

from keras_pe.data.encode_examples import encode_examples
from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

TOKENIZER = WordPieceTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "tea", "##s", "中", "文"])
LABELS = LabelVocabulary(["cold", "hot"])
EXAMPLES = [
    Example("Teas", "hot", "file.csv", 2),
    Example("", "cold", "file.csv", 3),
    Example("中文中文 tea", "hot", "file.csv", 4),
]


def test_ids_stand_one_text_after_the_other():
    encoded = encode_examples(EXAMPLES, tokenizer=TOKENIZER, max_length=5, labels=LABELS)
    assert encoded.ids.tolist() == [2, 4, 5, 3] + [2, 3] + [2, 6, 7, 6, 3]
    assert encoded.offsets.tolist() == [0, 4, 6, 11]
    assert encoded.labels.tolist() == [1, 0, 1]
    assert encoded.full_lengths.tolist() == [4, 2, 7]
    assert [encoded.ids.dtype, encoded.offsets.dtype, encoded.labels.dtype] == [
        *(np.int32, np.int64, np.int32)
    ]
    assert (len(encoded), encoded.lengths.tolist(), encoded.cut) == (3, [4, 2, 5], 1)


def test_a_text_that_just_fits_is_not_cut():
    assert encode_examples(EXAMPLES, tokenizer=TOKENIZER, max_length=7).cut == 0


def test_labels_are_left_out_if_they_are_not_wanted():
    unlabelled = [Example("tea", None, "file.csv", 2)]
    assert encode_examples(unlabelled, tokenizer=TOKENIZER, max_length=5).labels is None


def test_examples_may_come_from_a_generator_and_fill_several_chunks():
    many = EXAMPLES * 400
    encoded = encode_examples(iter(many), tokenizer=TOKENIZER, max_length=5, labels=LABELS)
    one = encode_examples(EXAMPLES, tokenizer=TOKENIZER, max_length=5, labels=LABELS)
    assert encoded.ids.tolist() == one.ids.tolist() * 400
    assert encoded.lengths.tolist() == one.lengths.tolist() * 400
    assert encoded.labels.tolist() == one.labels.tolist() * 400


@pytest.mark.parametrize("labels", [LABELS, None], ids=["labels", "no labels"])
def test_ids_on_disk_are_the_same_and_stay_there(tmp_path, labels):
    settings = {"tokenizer": TOKENIZER, "max_length": 5, "labels": labels}
    memory = encode_examples(EXAMPLES, **settings)
    disk = encode_examples(EXAMPLES, **settings, folder=tmp_path / "ids")
    assert isinstance(disk.ids, np.memmap)
    for loaded in (disk, EncodedTexts.load(tmp_path / "ids")):
        assert loaded.ids.tolist() == memory.ids.tolist()
        assert loaded.offsets.tolist() == memory.offsets.tolist()
        assert loaded.full_lengths.tolist() == memory.full_lengths.tolist()
        assert (loaded.labels is None) is (labels is None)
        assert labels is None or loaded.labels.tolist() == [1, 0, 1]


def test_an_error_in_the_examples_leaves_nothing_on_disk(tmp_path):
    examples = [*EXAMPLES * 300, Example("tea", "warm", "file.csv", 902)]
    with pytest.raises(ValueError, match="^file.csv:902: the label must be one of"):
        encode_examples(
            examples, tokenizer=TOKENIZER, max_length=5, labels=LABELS, folder=tmp_path / "ids"
        )
    assert list(tmp_path.iterdir()) == []


def test_ids_on_disk_are_not_overwritten(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match="`folder` must be new or empty"):
        encode_examples(EXAMPLES, tokenizer=TOKENIZER, max_length=5, folder=tmp_path)


def test_the_bar_goes_to_standard_error_and_only_if_wanted(capsys):
    encode_examples(EXAMPLES, tokenizer=TOKENIZER, max_length=5)
    assert capsys.readouterr() == ("", "")
    encode_examples(EXAMPLES, tokenizer=TOKENIZER, max_length=5, progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert "tokenising: 100%" in err


def test_half_a_character_is_a_question_mark():
    broken = [Example("tea \ud800", None, "texts", 1)]
    encoded = encode_examples(broken, tokenizer=TOKENIZER, max_length=5)
    assert encoded.ids.tolist() == [2, 4, 1, 3]


@pytest.mark.parametrize("folder", [None, "ids"], ids=["memory", "disk"])
def test_no_examples_are_refused(tmp_path, folder):
    folder = folder and tmp_path / folder
    with pytest.raises(ValueError, match="`examples` must hold at least one example. Received"):
        encode_examples([], tokenizer=TOKENIZER, max_length=5, folder=folder)


def test_the_tokenizer_says_which_length_is_too_small():
    with pytest.raises(ValueError, match="`max_length` must be at least 3"):
        encode_examples(EXAMPLES, tokenizer=TOKENIZER, max_length=2)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"offsets": [0]}, "There must be at least one text. Received: none."),
        ({"offsets": [0, 2]}, "must rise from 0 to the number of ids. Received: offsets=array([0"),
        ({"offsets": [1, 3]}, "`offsets` must rise from 0"),
        ({"offsets": [0, 0, 3]}, "`offsets` must rise from 0"),
        ({"offsets": [0, 3], "labels": [1, 0]}, "`labels` must have one entry per text. Received"),
        ({"offsets": [0, 3], "full_lengths": []}, "Received: 0 entries, 1 texts"),
    ],
    ids=["no text", "too short", "late start", "a text without ids", "labels", "lengths"],
)
def test_columns_that_do_not_fit_together_are_refused(columns, message):
    arrays = {name: np.array(column) for name, column in columns.items()}
    with pytest.raises(ValueError, match=re.escape(message)):
        EncodedTexts(np.array([2, 4, 3]), **arrays)


def test_a_folder_without_its_files_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="ids.npy"):
        EncodedTexts.load(tmp_path)
