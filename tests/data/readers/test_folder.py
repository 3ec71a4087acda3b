import gzip
import os

import pytest

from keras_pe.data.example import Example
from keras_pe.data.readers import read_examples


def write(folder, **files):
    for name, content in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_bytes(content)
    return folder


def corpus(folder):
    write(folder / "pos", **{"b.txt": b"Good.\r\n\nYes.\n", "a.txt": b"\xef\xbb\xbfFine."})
    write(folder / "neg", **{"B.TXT": b"", "z.txt.gz": gzip.compress("Schön bös".encode())})
    write(folder / ".git", **{"x.txt": b"hidden"})
    write(folder / "neg", **{".hidden.txt": b"hidden"})
    return folder


def test_sub_folders_and_files_come_in_the_order_of_their_names(tmp_path, caplog):
    examples = list(read_examples(corpus(tmp_path)))
    assert examples == [
        Example("", "neg", str(tmp_path / "neg" / "B.TXT"), 1),
        Example("Schön bös", "neg", str(tmp_path / "neg" / "z.txt.gz"), 1),
        Example("Fine.", "pos", str(tmp_path / "pos" / "a.txt"), 1),
        Example("Good.\r\n\nYes.\n", "pos", str(tmp_path / "pos" / "b.txt"), 1),
    ]
    assert not caplog.records


def test_what_is_not_read_is_warned_of(tmp_path, caplog):
    write(corpus(tmp_path), **{"urls.txt": b"", "pos__c.html": b"", "pos__d.csv": b""})
    (tmp_path / "pos" / "more.txt").mkdir()
    assert len(list(read_examples(tmp_path))) == 4
    assert [record.getMessage().split(", ", maxsplit=1) for record in caplog.records] == [
        [
            f"{tmp_path}: entries not read: 1",
            "'urls.txt' among them. Only *.txt files, packed or not, in the folder of a class are.",
        ],
        [
            f"{tmp_path / 'pos'}: entries not read: 3",
            "'c.html' among them. Only *.txt files, packed or not, in the folder of a class are.",
        ],
    ]


def test_loose_files_are_read_where_no_label_is_needed(tmp_path):
    write(corpus(tmp_path), **{"loose.txt": b"Loose."})
    (tmp_path / "empty").mkdir()
    examples = list(read_examples(tmp_path, labelled=False))
    assert [example.label for example in examples] == [None, "neg", "neg", "pos", "pos"]
    assert examples[0] == Example("Loose.", None, str(tmp_path / "loose.txt"), 1)


@pytest.mark.parametrize("name", ["pos__page.html", "pos__part__a.txt", "pos__.hidden.txt"])
def test_a_class_without_text_files_is_refused_by_name(name, tmp_path):
    write(tmp_path, **{"neg__a.txt": b"", name: b""})
    message = r"pos: the sub-folder of a class must hold \*\.txt files, packed or not"
    with pytest.raises(ValueError, match=message):
        list(read_examples(tmp_path))


def test_a_folder_without_classes_is_refused(tmp_path):
    write(tmp_path, **{"a.txt": b"", ".hidden__a.txt": b""})
    message = r"one sub-folder of text files per class\. Received: no .* name them: '.*/\*\.csv'\."
    with pytest.raises(ValueError, match=message):
        list(read_examples(tmp_path))


def test_an_empty_folder_is_refused_without_labels_too(tmp_path):
    with pytest.raises(ValueError, match=r"there must be at least one example\. Received: none"):
        list(read_examples(tmp_path, labelled=False))


def test_a_folder_named_like_a_file_is_a_folder(tmp_path):
    assert len(list(read_examples(corpus(tmp_path / "reviews.csv")))) == 4


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path):
    write(tmp_path, **{"pos__a.txt": b"Fine.\n\ncaf\xe9"})
    with pytest.raises(
        ValueError, match=r"a\.txt:3: .* Received: byte 0xe9 at offset 10 of the file"
    ):
        list(read_examples(tmp_path))


def test_a_class_whose_name_is_not_utf8_is_refused(tmp_path):
    name = os.fsdecode(b"\xe9t\xe9")
    folder = write(tmp_path, **{f"{name}__a.txt": b"Chaud."})
    with pytest.raises(ValueError, match=r"a\.txt:1: texts, labels and gro.* Received: '\\udce9'"):
        list(read_examples(folder))
