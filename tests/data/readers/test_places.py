"""Whatever is wrong with a file, one sentence names the place."""

import pytest

from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.readers import read_examples

ROWS = ["label,text", *(f"{'wet' if row % 2 else 'dry'},day {row}" for row in range(2, 50_000))]


def with_row(number, row):
    """A file of 50,000 lines of which one is another."""
    return "\n".join([*ROWS[: number - 1], row, *ROWS[number:]]).encode() + b"\n"


FAULTS = {
    "wrong-column": (b"label,body\nwet,rain\n", r":1: there must be a column 'text'"),
    "open-quote": (with_row(48_213, 'wet,"day'), r":48213: .* quote must end with one"),
    "quote-inside": (with_row(48_213, 'wet,"a" day'), r":48213: .* inside it must be doubled"),
    "comma": (with_row(48_213, "wet,rain, again"), r":48213: .* as many fields as the header, 2"),
    "no-label": (with_row(48_213, ",day"), r":48213: the label must not be empty"),
    "latin-1": (
        with_row(48_213, "wet,Schauer").replace(b"Schauer", "Böen".encode("latin-1")),
        r":48213: the file must be UTF-8 text .* 0xf6 at offset \d+ .* Try --encoding=cp1252",
    ),
    "empty-file": (b"", r": the first line must name the columns.* Received: an empty file"),
    "header-alone": (b"label,text\n", r": there must be at least one example. Received: none"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_table_is_told_with_its_line(fault, tmp_path):
    content, said = FAULTS[fault]
    file = tmp_path / "days.csv"
    file.write_bytes(content)
    with pytest.raises(ValueError, match=f"^{file}{said}") as caught:
        list(read_examples(file))
    assert "\n" not in str(caught.value)


def test_a_label_typo_is_told_with_its_line_and_the_label_that_is_meant(tmp_path):
    file = tmp_path / "days.csv"
    file.write_bytes(with_row(48_213, "wett,day"))
    labels = LabelVocabulary(("dry", "wet"))
    with pytest.raises(ValueError, match=f"^{file}:48213: .* Did you mean 'wet'"):
        labels.encode(read_examples(file))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], r"set: the folder must hold one sub-folder of text files per class.*no sub-folder"),
        (["days.csv"], r"set: the folder .* If its files are tables, name them: '.*/set/\*.csv'"),
        (["wet/days.csv"], r"set/wet: the sub-folder of a class must hold \*.txt files"),
    ],
    ids=["empty", "loose", "no-text"],
)
def test_a_folder_without_classes_is_told(files, said, tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("label,text\n")
    with pytest.raises(ValueError, match=f"^{tmp_path}/{said}"):
        list(read_examples(folder))
