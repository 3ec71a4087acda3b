import re

import pytest

from keras_pe.text.vocabulary import check_vocabulary, read_vocabulary, write_vocabulary

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def test_a_vocabulary_like_that_of_bert_is_accepted():
    check_vocabulary(["[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the"])


@pytest.mark.parametrize(
    ("vocabulary", "message"),
    [
        ((), "`vocabulary` must begin with [PAD]. Received: ()"),
        (("[UNK]", *SPECIAL), "`vocabulary` must begin with [PAD]. Received: ('[UNK]', '[PAD]'"),
        (("[PAD]", "[CLS]", "a"), "`vocabulary` must hold [UNK], [SEP]. Received: 3 pieces"),
        (
            (*SPECIAL, "a", "b", "a"),
            "must hold every piece once. Received: 'a', in the lines 5 and 7",
        ),
        (SPECIAL, "must hold pieces of words. Received: only special tokens."),
        (
            (*SPECIAL, "a\n"),
            r"must be neither empty nor have a line break. Received: 'a\n', in line 5",
        ),
        ((*SPECIAL, ""), "must be neither empty nor have a line break. Received: '', in line 5"),
    ],
    ids=["nothing", "pad not first", "missing", "twice", "no pieces", "line break", "empty piece"],
)
def test_a_list_that_is_no_vocabulary_is_refused(vocabulary, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        check_vocabulary(vocabulary)


def test_a_piece_that_is_no_string_is_refused():
    with pytest.raises(TypeError, match="must be a string. Received: b'a'"):
        check_vocabulary((*SPECIAL, b"a"))


def test_the_file_has_one_piece_per_line(tmp_path):
    pieces = [*SPECIAL, "茶", "##\u2028", "\x85"]
    write_vocabulary(pieces, tmp_path / "v.txt")
    assert (tmp_path / "v.txt").read_bytes() == (
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\n茶\n##\u2028\n\x85\n".encode()
    )
    assert read_vocabulary(tmp_path / "v.txt") == pieces


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "v.txt: A piece of the vocabulary must be neither empty"),
        (b"[PAD]\r\n[UNK]\r\n", r"v.txt: `vocabulary` must begin with [PAD]. Received: ['[PAD]\r'"),
        (b"\xff\xfe[", "v.txt: 'utf-8' codec can't decode byte 0xff"),
    ],
    ids=["empty", "line ends of Windows", "UTF-16"],
)
def test_a_file_that_holds_no_vocabulary_is_refused_by_name(tmp_path, content, message):
    (tmp_path / "v.txt").write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(message)):
        read_vocabulary(tmp_path / "v.txt")
