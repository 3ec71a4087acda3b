import sys

import pyarrow
import pytest
from pyarrow import feather, parquet

from keras_pe.data.example import Example
from keras_pe.data.readers import read_examples


def write_parquet(table, file):
    parquet.write_table(table, file, row_group_size=2)


def write_feather(table, file):
    feather.write_feather(table, str(file), chunksize=2)


def write_stream(table, file):
    with pyarrow.ipc.new_stream(str(file), table.schema) as writer:
        writer.write_table(table, max_chunksize=2)


WRITERS = {
    "a.parquet": write_parquet,
    "a.pq": write_parquet,
    "a.feather": write_feather,
    "a.arrow": write_stream,
}


@pytest.fixture(params=WRITERS)
def write(request, tmp_path):
    """Writes columns as one of the formats and returns the file."""

    def write(**columns):
        WRITERS[request.param](pyarrow.table(columns), tmp_path / request.param)
        return tmp_path / request.param

    return write


def read(file, **settings):
    return [(x.text, x.label, x.row) for x in read_examples(file, **settings)]


TEXTS = ["Rain, again.", "Sun.", "", "体育\n"]
KINDS = [
    *(pyarrow.string(), pyarrow.large_string(), pyarrow.dictionary("int8", pyarrow.string())),
    pyarrow.string_view(),
]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_strings_of_every_kind_are_read(write, kind):
    text, label = pyarrow.array(TEXTS), pyarrow.array(["wet", "dry", "dry", "wet"])
    if kind == KINDS[2]:
        text, label = text.dictionary_encode(), label.dictionary_encode()
    file = write(id=[1, 2, 3, 4], text=text.cast(kind), label=label.cast(kind))
    assert list(read_examples(file)) == [
        Example(TEXTS[0], "wet", str(file), 1),
        Example(TEXTS[1], "dry", str(file), 2),
        Example(TEXTS[2], "dry", str(file), 3),
        Example(TEXTS[3], "wet", str(file), 4),
    ]


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (pyarrow.array([3, -10, 0, 2], "int8"), ["3", "-10", "0", "2"]),
        (pyarrow.array([2**64 - 1, 1, 1, 2], "uint64"), ["18446744073709551615", "1", "1", "2"]),
        (pyarrow.array([True, False, True, True]), ["True", "False", "True", "True"]),
    ],
    ids=["int8", "uint64", "bool"],
)
def test_labels_are_shown_as_in_a_csv_file(write, labels, shown):
    assert [label for _, label, _ in read(write(text=TEXTS, label=labels))] == shown


def test_missing_values_are_those_of_an_empty_field(write):
    file = write(text=["a", None, "c"], label=["x", "y", None])
    assert read(file, labelled=False) == [("a", "x", 1), ("", "y", 2), ("c", None, 3)]
    with pytest.raises(ValueError, match=r"a\.\w+:3: the label must not be empty\. .*label=None"):
        read(file)


def test_columns_are_joined_and_may_hold_numbers(write):
    file = write(year=[1999, None], title=["a", "b"], label=["x", "y"])
    settings = {"text_column": "year,title", "text_separator": "|"}
    assert read(file, **settings) == [("1999|a", "x", 1), ("|b", "y", 2)]


def test_many_rows_keep_their_numbers(write):
    count = 3000
    file = write(text=[f"text {row}" for row in range(1, count + 1)], label=["x"] * count)
    assert all(text == f"text {row}" for text, _, row in read(file))
    assert read(file)[-1][2] == count


BAD = {
    "no text": ({"body": ["a"], "label": ["x"]}, r"'text' for `text_column`\. .* 'body', 'label'"),
    "no label": ({"text": ["a"]}, r"'label' for `label_column`\. Received: the columns 'text'\."),
    "float": ({"text": ["a"], "label": [1.5]}, r":1: the label must be one.*=regression\.$"),
    "list": (
        {"text": ["a"], "label": [["x", "y"]]},
        r":1: the label .* --problem_type=multi_label",
    ),
    "list of texts": (
        {"text": [["a"]], "label": ["x"]},
        r"'text' must hold strings.*list<.*Convert",
    ),
    "bytes": ({"text": [b"a"], "label": ["x"]}, r"'text' must hold strings.* Received: 'binary'"),
    "no rows": ({"text": TEXTS[:0], "label": TEXTS[:0]}, r"must hold|at least one example"),
}


@pytest.mark.parametrize(("columns", "message"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_refused_by_name(write, columns, message):
    file = write(**columns)
    with pytest.raises(ValueError, match=message) as caught:
        read(file)
    assert str(caught.value).startswith(f"{file}:")


def test_two_columns_of_one_name_are_refused(tmp_path):
    table = pyarrow.table([["a"], ["b"], ["x"]], names=["text", "text", "label"])
    feather.write_feather(table, str(tmp_path / "a.feather"), version=2)
    with pytest.raises(ValueError, match=r"a\.feather: .* Received: 2 columns named 'text'"):
        read(tmp_path / "a.feather")


def test_strings_that_are_not_utf8_are_refused(write):
    text = pyarrow.array([b"a", b"\xff"]).view(pyarrow.string())
    with pytest.raises(ValueError, match=r"a\.\w+: the .*(must hold UTF-8 strings|Invalid UTF8)"):
        read(write(text=text, label=["x", "y"]))


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.feather"])
def test_other_bytes_are_refused_by_name(name, tmp_path):
    (tmp_path / name).write_bytes(b"text,label\na,x\n")
    with pytest.raises(ValueError, match=rf"{name}: the file must be whole .* data\. Received: "):
        read(tmp_path / name)


@pytest.mark.parametrize(("start", "suffix"), [(b"PAR1", "parquet"), (b"ARROW1", "arrow")])
def test_a_text_file_that_is_none_is_told_its_name(start, suffix, tmp_path):
    (tmp_path / "a.csv").write_bytes(start)
    with pytest.raises(ValueError, match=rf"give the file a name that ends in \.{suffix}"):
        read(tmp_path / "a.csv")


def test_an_encoding_has_no_effect(write):
    with pytest.raises(ValueError, match=r"`encoding` has no effect on files of this kind"):
        read(write(text=["a"], label=["x"]), encoding="gbk")


def test_without_pyarrow_the_extra_is_named(write, monkeypatch):
    file = write(text=["a"], label=["x"])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"^.*a\.\w+: \w+ files need pyarrow.*keras-pe\[arrow\]"):
        read(file)
