import bz2
import gzip
import inspect

import pytest
from backports import zstd

from keras_pe.data.readers import read_examples
from keras_pe.data.readers.open_text import text_lines

HEADER = b"text,label\n"


def read(folder, data, name="a.csv"):
    (folder / name).write_bytes(data)
    return list(read_examples(folder / name))


def test_lines_end_where_open_without_translation_ends_them(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("a\nb\r\nc\rd\r\r\n\n\re\x85f\x0bg\u2028h".encode())
    with open(file, encoding="utf-8", newline="") as lines:
        expected = list(lines)
    assert list(text_lines(file)) == expected
    assert len(expected) == 8


@pytest.mark.parametrize(
    ("data", "row", "byte", "offset"),
    [
        (HEADER + b"caf\xe9,x\n", 2, "0xe9", 14),
        (HEADER + b"\xe4\xbd\xa0,x\n" * 3 + b"a\xff,x\n", 5, "0xff", 30),
        (b"\xef\xbb\xbf" + HEADER + b"\xc3(,x\n", 2, "0xc3", 14),
        (b"\xef\xbb\xbf\xff", 1, "0xff", 3),
        (HEADER + b"a,x\rb,y\rc\x80", 4, "0x80", 20),
        (HEADER + b"a,\xe4\xbd", 2, "0xe4", 13),
        (HEADER + "体育".encode("gb18030") + b",x\n", 2, "0xcc", 11),
        (HEADER + b'"a\n\xed\xa0\x80",x\n', 3, "0xed", 14),
    ],
    ids=[
        "latin1",
        "after letters of 3 bytes",
        "mark",
        "only a mark",
        "cr",
        "cut",
        "gb",
        "surrogate",
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_bytes_that_are_not_utf8_are_named_with_row_and_offset(
    data, row, byte, offset, packed, tmp_path
):
    name, kind = ("a.csv.gz", "unpacked file") if packed else ("a.csv", "file")
    message = (
        rf"{name}:{row}: the file must be UTF-8 text without NUL bytes\. "
        rf"Received: byte {byte} at offset {offset} of the {kind}\. "
    )
    with pytest.raises(ValueError, match=message):
        read(tmp_path, gzip.compress(data) if packed else data, name)


@pytest.mark.parametrize(
    ("data", "name", "cure"),
    [
        (
            HEADER + "你,x\n".encode() + b"\xff,x",
            "a.csv",
            r"If it is text in another encoding, name it, as in --enc",
        ),
        (
            "text,label\n".encode("utf-16"),
            "a.csv",
            r"Received: UTF-16 text\. Try --encoding=utf-16",
        ),
        (
            gzip.compress(HEADER),
            "a.csv",
            r"Received: gzip data; give the file a name that ends in \.gz",
        ),
        (bz2.compress(HEADER), "a.csv", r"bzip2 data; give the file a name that ends in \.bz2"),
        (zstd.compress(HEADER), "a.csv", r"zstandard data; .* a name that ends in \.zst"),
        (
            b"PK\x03\x04\n\0\0\0",
            "a.csv",
            r"an archive or an Excel workbook; save it as CSV UTF-8",
        ),
    ],
    ids=["text", "utf-16", "gzip", "bzip2", "zstandard", "excel"],
)
def test_the_message_says_what_to_do(data, name, cure, tmp_path):
    with pytest.raises(ValueError, match=cure):
        read(tmp_path, data, name)


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl"])
def test_utf16_without_a_mark_is_refused_for_its_nul_bytes(name, tmp_path):
    with pytest.raises(ValueError, match=rf"{name}:1: .* byte 0x00 at offset 1 of the file"):
        read(tmp_path, "text,label\na,x\n".encode("utf-16-le"), name)


def test_the_file_is_closed_when_nobody_reads_on(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a\nb\n")
    lines = text_lines(tmp_path / "a.txt")
    next(lines)
    file = inspect.getgeneratorlocals(lines)["file"]
    assert not file.closed
    lines.close()
    assert file.closed
