import csv
import io
import random

import pytest

from keras_pe.data.readers import read_examples

HEADER = b"text,label\n"


def rows(folder, data, name="a.csv", **settings):
    file = folder / name
    file.write_bytes(data)
    return [(x.text, x.label, x.row) for x in read_examples(file, **settings)]


GOOD = {
    "quotes": (b'text,label\n"a, ""b"" c",x\n', [('a, "b" c', "x", 2)]),
    "line breaks": (
        b'text,label\n"a\nb\r\nc\rd",x\ne,y',
        [("a\nb\r\nc\rd", "x", 2), ("e", "y", 6)],
    ),
    "mark": (b"\xef\xbb\xbftext,label\na,x\n", [("a", "x", 2)]),
    "mark and quote": (b'\xef\xbb\xbf"text",label\na,x\n', [("a", "x", 2)]),
    "mark inside": (b"text,label\n\xef\xbb\xbfa,x\n", [("\ufeffa", "x", 2)]),
    "crlf": (b"text,label\r\na,x\r\nb,y\r\n", [("a", "x", 2), ("b", "y", 3)]),
    "cr": (b"text,label\ra,x\rb,y", [("a", "x", 2), ("b", "y", 3)]),
    "blank lines": (b"text,label\n\na,x\n\r\n\nb,y\n\n", [("a", "x", 3), ("b", "y", 6)]),
    "other separators": (
        "text,label\na\x85\u2028\x0b\x0c\x1cb,x\nc,y\n".encode(),
        [("a\x85\u2028\x0b\x0c\x1cb", "x", 2), ("c", "y", 3)],
    ),
    "quote inside": (b'text,label\n5" disk,x\n', [('5" disk', "x", 2)]),
    "empty text": (b'text,label\n"",x\n', [("", "x", 2)]),
    "chinese": ("label,text\n体育,新闻\n".encode(), [("新闻", "体育", 2)]),
}


@pytest.mark.parametrize(("data", "expected"), GOOD.values(), ids=GOOD)
def test_csv_is_read_by_the_standard(data, expected, tmp_path):
    assert rows(tmp_path, data) == expected


def test_a_header_may_run_over_two_lines(tmp_path):
    data = b'"te\nxt",label\na,x\n'
    assert rows(tmp_path, data, text_column="te\nxt") == [("a", "x", 3)]


def test_whatever_the_csv_writer_writes_is_read_back(tmp_path):
    draw = random.Random(7)
    pieces = ["a", " ", '"', '""', ",", "\n", "\r\n", "\r", "\t", "\x85", "\u2028", "é", "体", "😀"]
    texts = ["".join(draw.choices(pieces, k=draw.randrange(12))) for _ in range(500)]
    for line_end in ("\n", "\r\n"):
        buffer = io.StringIO(newline="")
        # Before Python 3.13 a lone carriage return was not always quoted.
        writer = csv.writer(buffer, lineterminator=line_end, quoting=csv.QUOTE_ALL)
        writer.writerows([("text", "label"), *((text, "x") for text in texts)])
        read = rows(tmp_path, buffer.getvalue().encode())
        assert [text for text, _, _ in read] == texts


def test_a_field_may_be_longer_than_the_csv_module_expects(tmp_path):
    assert rows(tmp_path, HEADER + b"a" * 500_000 + b",x\n") == [("a" * 500_000, "x", 2)]


def test_several_text_columns_are_joined_by_the_separator(tmp_path):
    data = b"label,title,body\nx,Rain,All day\ny,,Sun\n"
    assert rows(tmp_path, data, text_column="title,body") == [
        ("Rain All day", "x", 2),
        (" Sun", "y", 3),
    ]
    read = rows(tmp_path, data, text_column="body,title", text_separator=" | ")
    assert read == [("All day | Rain", "x", 2), ("Sun | ", "y", 3)]


def test_a_column_with_a_comma_in_its_name_wins(tmp_path):
    data = b'label,title,body,"title,body"\nx,Rain,All day,both\n'
    assert rows(tmp_path, data, text_column="title,body") == [("both", "x", 2)]


def test_a_blank_line_is_an_empty_text_where_there_is_only_one_column(tmp_path):
    read = rows(tmp_path, b"text\na\n\nb\n", labelled=False)
    assert read == [("a", None, 2), ("", None, 3), ("b", None, 4)]


BAD = {
    "too many": (
        HEADER + b"a,x\nb,c,y\n",
        r"a\.csv:3: .* as the header, 2\. Received: 3, .* 'b'\. Put",
    ),
    "too few": (
        HEADER + b"a,x\nb\n",
        r"a\.csv:3: the row must have as many .* Received: 1, .* 'b'",
    ),
    "after a long record": (
        HEADER + b'"a\nb",x\n\nc\n',
        r"a\.csv:5: the row must have as many fields",
    ),
    "open quote": (
        HEADER + b'a,x\n"b\nc,y\nd,z\n',
        r"a\.csv:3: .* unexpected end of data at line 5, in",
    ),
    "text after quote": (
        HEADER + b'a,x\n"b" c,y\n',
        r"a\.csv:3: a field that starts with a quote must end with",
    ),
    "nul": (HEADER + b"a,x\nb\0,y\n", r"a\.csv:3: .* without NUL bytes\. .*0x00 at offset 16 "),
    "text twice": (b"text,label,text\na,x,b\n", r"a\.csv:1: .* Received: 2 columns named 'text'"),
    "label twice": (
        b"label,text,label\nx,a,y\n",
        r"a\.csv:1: .* Received: 2 columns named 'label'",
    ),
    "missing column": (
        b"\nTEXT,label\n",
        r"a\.csv:2: there must be a column 'text' .* 'TEXT', 'label'\.",
    ),
    "semicolons": (
        b"text;label\na;x\n",
        r"a\.csv:1: there must be .* Received: the columns 'text;label'\.",
    ),
    "empty": (b"", r"a\.csv: the first line must name the columns, .* Received: an empty file"),
    "only a mark": (b"\xef\xbb\xbf\r\n", r"a\.csv: the first line must name the columns"),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_refused_with_file_and_row(data, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        rows(tmp_path, data)


def test_a_column_that_is_not_read_may_stand_there_twice(tmp_path):
    assert rows(tmp_path, b"text,x,label,x\na,1,b,2\n") == [("a", "b", 2)]


def test_quotes_are_plain_text_in_tsv(tmp_path):
    data = b'text\tlabel\n"a\tx\n""b"", c\t"y"\n'
    assert rows(tmp_path, data, name="a.tsv") == [('"a', "x", 2), ('""b"", c', '"y"', 3)]


def test_a_tsv_row_with_too_many_tabs_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"a\.tsv:2: .* Received: 3, .* cannot hold a tab"):
        rows(tmp_path, b"text\tlabel\na\tb\tx\n", name="a.tsv")
