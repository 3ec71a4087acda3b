"""One path, several, or patterns; every example keeps its own file and row."""

import pathlib

import pytest

from keras_pe.data.readers import read_examples
from keras_pe.data.readers.files import find_files


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parts" / "deep").mkdir(parents=True)
    for name in ("part-2.csv", "part-10.csv", "part-1.csv", "deep/part-3.csv", ".part-0.csv"):
        (tmp_path / "parts" / name).write_text(f"text,label\n{name},x\n")
    (tmp_path / "more.jsonl").write_text('\n{"text": "more", "label": "y"}\n')
    return tmp_path


def names(path):
    return [file.name for file in find_files(path)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("more.jsonl", ["more.jsonl"]),
        ("parts", ["parts"]),
        ("parts/part-*.csv", ["part-1.csv", "part-10.csv", "part-2.csv"]),
        ("parts/part-[12].csv, more.jsonl", ["part-1.csv", "part-2.csv", "more.jsonl"]),
        ("more.jsonl,parts/part-?.csv", ["more.jsonl", "part-1.csv", "part-2.csv"]),
        ("**/part-3.csv", ["part-3.csv"]),
    ],
)
def test_files_are_found_in_order(folder, path, expected):
    assert names(path) == expected


@pytest.mark.parametrize("name", ["a,b.csv", "a[1].csv", "more.jsonl,parts", "*.csv", " a.csv"])
def test_what_exists_is_taken_by_its_name(folder, name):
    (folder / name).write_text("text,label\nliteral,x\n")
    (folder / "a1.csv").touch()
    assert names(name) == [name]


def test_a_part_that_exists_is_no_pattern(folder):
    (folder / "a[1].csv").touch()
    (folder / "a1.csv").touch()
    assert names("a[1].csv,more.jsonl") == ["a[1].csv", "more.jsonl"]
    assert names("more.jsonl,a?.csv") == ["more.jsonl", "a1.csv"]


def test_a_path_object_is_no_pattern(folder):
    with pytest.raises(FileNotFoundError, match=r"part-\*\.csv: there is no such file"):
        find_files(pathlib.Path("parts/part-*.csv"))


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("parts/*.tsv", FileNotFoundError, r"^parts/\*\.tsv: there must be a file that the patt"),
        ("more.jsonl,parts/*.tsv", FileNotFoundError, r"^parts/\*\.tsv: there must be a file"),
        ("more.jsonl,mor.jsonl", FileNotFoundError, r"^mor\.jsonl: .* folder: 'more\.jsonl'"),
        ("more.jsonl,", ValueError, "^more.jsonl,: a file must be named before and after"),
        ("parts/*.csv,parts/part-1.csv", ValueError, "Received twice: 'parts/part-1.csv'"),
    ],
)  # fmt: skip
def test_what_names_no_file_or_one_twice_is_refused(folder, path, error, message):
    with pytest.raises(error, match=message):
        read_examples(path)


def test_rows_keep_their_file_and_row(folder):
    examples = list(read_examples("parts/part-?.csv,more.jsonl"))
    assert [(example.source, example.row, example.text, example.label) for example in examples] == [
        ("parts/part-1.csv", 2, "part-1.csv", "x"),
        ("parts/part-2.csv", 2, "part-2.csv", "x"),
        ("more.jsonl", 2, "more", "y"),
    ]


def test_every_name_is_checked_before_anything_is_read(folder):
    (folder / "parts" / "README").touch()
    with pytest.raises(ValueError, match=r"^parts/README: the name of the file must end in one of"):
        read_examples("parts/part-1.csv,parts/README")


def test_an_empty_file_among_others_is_no_fault(folder):
    (folder / "empty.csv").write_text("text,label\n")
    assert len(list(read_examples("empty.csv,more.jsonl"))) == 1
    (folder / "empty.jsonl").touch()
    with pytest.raises(ValueError, match=r"^empty\.csv,e\[m\]pty\.jsonl: there must be at least"):
        list(read_examples("empty.csv,e[m]pty.jsonl"))
