"""Text in other encodings than UTF-8: read by name, or refused with a name to try."""

import encodings.aliases
import gzip
import random

import pytest

from keras_pe.data.example import Example
from keras_pe.data.readers import read_examples
from keras_pe.data.readers.encoding import check_encoding
from keras_pe.data.readers.open_text import text_lines

CHINESE = "text,label\n北京队赢了比赛,体育\n股市今天上涨,财经\n"
GERMAN = "text,label\nSchöne Straße,gut\nÄrger mit Übel,schlecht\n"


def write(folder, text, encoding, name="a.csv"):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return folder / name


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
@pytest.mark.parametrize(
    "encoding",
    ["gb18030", "GBK", "big5hkscs", "utf-8-sig", "UTF8", "utf-16", "utf_16_be", "utf-16-le",
     "utf-32", "utf-32-be", "utf-7", "iso2022_jp_2", "hz"],
)  # fmt: skip
def test_a_named_encoding_is_read(encoding, name, tmp_path):
    text = "text,label\n北京市大,文化\n"
    file = write(tmp_path, text, encoding, name)
    expected = text.splitlines()[1].split(",")
    first = next(read_examples(file, encoding=encoding))
    assert first == Example(*expected, source=str(file), row=2)


def test_every_encoding_of_text_is_read_line_by_line(tmp_path):
    tried = 0
    for name in sorted(set(encodings.aliases.aliases.values())):
        try:
            check_encoding(name)
            data = "a b\r\n\nc,d\re".encode(name)
        except (ValueError, LookupError):
            continue
        lines = list(text_lines(write(tmp_path, data, name), name))
        assert lines == ["a b\r\n", "\n", "c,d\r", "e"], name
        tried += 1
    assert tried > 80


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32-le", "gb18030", "cp037"])
def test_lines_are_those_of_open_whatever_their_bytes(encoding, tmp_path):
    draw = random.Random(5)
    letters = "ab\n\n\r\x85é" if encoding == "cp037" else "ab\n\n\r\x85ਊĊ体\U0001f60a"
    for _ in range(200):
        text = "".join(draw.choices(letters, k=draw.randrange(30)))
        file = write(tmp_path, text, encoding, "a.txt")
        with open(file, encoding=encoding, newline="") as lines:
            assert list(text_lines(file, encoding)) == list(lines)


@pytest.mark.parametrize(
    "name", ["utf9", "", "base64", "rot13", "idna", "undefined", "unicode_escape", "a\0", "zip"]
)
def test_what_is_no_encoding_of_text_is_refused(name, tmp_path):
    file = write(tmp_path, CHINESE, "utf-8")
    message = r"^`encoding` must be a text encoding that Python knows, such as utf-8.*Received: enc"
    with pytest.raises(ValueError, match=message):
        read_examples(file, encoding=name)


@pytest.mark.parametrize(
    ("text", "written_in", "read_in", "tried"),
    [
        (CHINESE, "gb18030", "utf-8", "gb18030"),
        (CHINESE, "gb18030", "cp932", "gb18030"),
        (GERMAN, "cp1252", "utf-8", "cp1252"),
        (GERMAN, "latin-1", "ascii", "cp1252"),
        (CHINESE, "utf-8", "gb2312", "utf-8"),
        (CHINESE, "utf-8", "ascii", "utf-8"),
        (CHINESE, "utf-8-sig", "gb18030", "utf-8"),
        (CHINESE, "utf-8-sig", "utf-16", "utf-8"),
        (CHINESE, "utf-16", "utf-8", "utf-16"),
        (CHINESE, "utf-16", "gb18030", "utf-16"),
        (CHINESE, "utf-32", "utf-8", "utf-32"),
        (GERMAN, "utf-16-le", "utf-8", "utf-16-le"),
        (GERMAN, "utf-16-be", "utf-8", "utf-16-be"),
    ],
)
def test_a_likely_encoding_is_offered_and_reads_the_file(
    text, written_in, read_in, tried, tmp_path
):
    file = write(tmp_path, text, written_in)
    with pytest.raises(ValueError, match=rf"a\.csv:\d+: .* Try --encoding={tried}\.$"):
        list(read_examples(file, encoding=read_in))
    first = text.splitlines()[1].split(",")
    assert [next(read_examples(file, encoding=tried)).text] == first[:1]


@pytest.mark.parametrize(
    "data",
    [
        "text,label\n你好,体育\n".encode() + b"caf\xe9,x\n",
        b"text,label\n" + "你好世界".encode() + b"\xff,x\n",
        b"text,label\na,x\nb," + "体".encode()[:2],
        "text,label\nПривет мир,да\n".encode("cp1251"),
        bytes(range(128, 256)),
    ],
    ids=["utf-8 before", "utf-8 around", "cut", "cyrillic", "no text"],
)
def test_nothing_is_offered_where_nothing_is_likely(data, tmp_path):
    message = r"If it is text in another encoding, name it, as in --encoding=big5\.$"
    with pytest.raises(ValueError, match=message):
        list(read_examples(write(tmp_path, data, "utf-8")))


@pytest.mark.parametrize(
    ("data", "encoding", "row", "byte", "offset"),
    [
        ("你,x\n好".encode("gb18030") + b"\xff,x\n", "gb18030", 2, "0xff", 7),
        ("你,x\r好\n".encode("utf-16") + b"\x00\xd8\n\x00", "utf-16", 3, "0x00", 14),
        ("你,x\n好".encode("utf-16-be") + b"\x00", "utf-16-be", 2, "0x00", 10),
        ("你,x\n\n好\0b\n".encode("utf-16"), "utf-16", 3, "0x00", 14),
        ("a,x\nbc\0b\n".encode("cp037"), "cp037", 2, "0x00", 6),
        (b"a\n\x81\n", "cp1252", 2, "0x81", 2),
    ],
)
def test_a_fault_is_named_with_row_and_offset(data, encoding, row, byte, offset, tmp_path):
    kind = "UTF-16" if encoding.startswith("utf-16") else encoding.upper()
    message = rf"a\.txt:{row}: the file must be {kind}.* Received: byte {byte} at offset {offset} "
    with pytest.raises(ValueError, match=message):
        list(text_lines(write(tmp_path, data, encoding, "a.txt"), encoding))


def test_folders_are_read_in_the_encoding_too(tmp_path):
    (tmp_path / "体育").mkdir()
    write(tmp_path / "体育", "北京", "gb18030", "a.txt")
    assert next(read_examples(tmp_path, encoding="gb18030")).text == "北京"
