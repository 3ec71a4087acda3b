import gzip

import pytest

from keras_pe.data.example import Example
from keras_pe.data.readers import READERS, chunks, read_examples

CONTENT = {
    ".csv": 'text,label\n"Rain, again.",wet\nSun.,dry\n',
    ".tsv": "text\tlabel\nRain, again.\twet\nSun.\tdry\n",
    ".jsonl": '{"text": "Rain, again.", "label": "wet"}\n{"text": "Sun.", "label": "dry"}\n',
}
CONTENT[".ft"] = CONTENT[".ft.txt"] = "__label__wet Rain, again.\n__label__dry Sun.\n"
CONTENT[".json"] = CONTENT[".ndjson"] = CONTENT[".jsonl"]


def written(path, content):
    data = content.encode()
    path.write_bytes(gzip.compress(data) if path.name.lower().endswith(".gz") else data)
    return path


def test_every_suffix_of_the_table_is_tried_here():
    of_text = [reader for reader in READERS.values() if reader.is_text]
    assert {suffix for reader in of_text for suffix in reader.suffixes} == set(CONTENT)


@pytest.mark.parametrize("packed", ["", ".gz", ".GZ"])
@pytest.mark.parametrize("suffix", [*CONTENT, ".CSV"])
def test_the_suffix_tells_the_format(suffix, packed, tmp_path):
    file = written(tmp_path / f"my.train{suffix}{packed}", CONTENT[suffix.lower()])
    first = 2 if "csv" in suffix.lower() or "tsv" in suffix else 1
    assert list(read_examples(str(file))) == [
        Example("Rain, again.", "wet", str(file), first),
        Example("Sun.", "dry", str(file), first + 1),
    ]


@pytest.mark.parametrize("name", ["train.txt", "train", "train.csv.zip", "train.gz", ".csv"])
def test_an_unknown_suffix_is_refused_with_what_is_read(name, tmp_path):
    file = written(tmp_path / name, CONTENT[".csv"])
    message = r"in one of \.csv, \.tsv, \.jsonl, \.ndjson, \.json, .* --format must .* Received: "
    with pytest.raises(ValueError, match=message + repr(name)):
        read_examples(file)


def test_an_empty_path_is_not_the_working_folder():
    with pytest.raises(
        ValueError, match=r"`path` must name a file or a folder\. Received: path=''"
    ):
        read_examples("")


def test_a_missing_file_is_refused_at_once_with_similar_names(tmp_path):
    for name in ("TRAIN.CSV", "train.tsv", "weights.h5"):
        (tmp_path / name).touch()
    message = r"train\.csv: there is no such file\. Similar names in its folder: '(.*)', '(.*)'\.$"
    with pytest.raises(FileNotFoundError, match=message) as caught:
        read_examples(tmp_path / "train.csv")
    assert "'TRAIN.CSV'" in str(caught.value)
    assert "'train.tsv'" in str(caught.value)


def test_a_missing_file_like_no_other_gets_no_suggestion(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"train\.txt: .* names in its folder: none\.$"):
        read_examples(tmp_path / "train.txt")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no such file, and no folder '.*nowhere' either"):
        read_examples(tmp_path / "nowhere" / "train.csv")


def test_an_empty_text_is_kept(tmp_path):
    file = written(tmp_path / "a.csv", "text,label\n,wet\n")
    assert [(example.text, example.label) for example in read_examples(file)] == [("", "wet")]


def test_texts_and_labels_are_not_stripped(tmp_path):
    file = written(tmp_path / "a.csv", "text,label\n Rain ,\twet \n")
    assert [(x.text, x.label) for x in read_examples(file)] == [(" Rain ", "\twet ")]


@pytest.mark.parametrize("label", ["", "  "])
def test_an_empty_label_is_refused_by_row_where_labels_are_needed(label, tmp_path):
    file = written(tmp_path / "a.csv", f"text,label\nRain,wet\nSun,{label}\n")
    message = rf"a\.csv:3: the label must not be empty\. Received: label='{label}'"
    with pytest.raises(ValueError, match=message):
        list(read_examples(file))
    labels = [example.label for example in read_examples(file, labelled=False)]
    assert labels == ["wet", None]


@pytest.mark.parametrize("suffix", [suffix for suffix in CONTENT if "ft" not in suffix])
def test_unlabelled_examples_need_no_label_column(suffix, tmp_path):
    content = CONTENT[suffix].replace('"label"', '"other"').replace("label", "other")
    file = written(tmp_path / f"a{suffix}", content)
    examples = list(read_examples(file, labelled=False))
    assert [(example.text, example.label) for example in examples] == [
        ("Rain, again.", None),
        ("Sun.", None),
    ]
    with pytest.raises(ValueError, match=r"there must be a column 'label' for `label_column`"):
        list(read_examples(file))
    with pytest.raises(ValueError, match=r"there must be a column 'body' for `text_column`"):
        list(read_examples(file, labelled=False, text_column="body"))


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".csv", "text,label\n"),
        (".csv", "text,label\n\r\n\n"),
        (".tsv", "text\tlabel"),
        (".jsonl", ""),
        (".jsonl", "\n \r\n"),
    ],
    ids=["csv header", "csv blank lines", "tsv header", "json nothing", "json blank lines"],
)
def test_a_file_without_examples_is_refused(suffix, content, tmp_path):
    file = written(tmp_path / f"a{suffix}", content)
    with pytest.raises(ValueError, match=rf"a\{suffix}: there must be at least one example"):
        list(read_examples(file))


def test_half_a_character_is_refused(tmp_path):
    good = '{"text": "\\ud83d\\ude00", "label": "x"}\n'
    file = written(tmp_path / "a.jsonl", good + '{"text": "ab\\ud83d", "label": "x"}\n')
    examples = read_examples(file)
    assert next(examples).text == "\N{GRINNING FACE}"
    message = r"a\.jsonl:2: .* lone surrogate\)\. Received: '\\ud83d', character 3 of 'ab\\ud83d'"
    with pytest.raises(ValueError, match=message):
        next(examples)
    written(tmp_path / "a.jsonl", '{"text": "", "label": "\\udc00"}')
    with pytest.raises(ValueError, match=r"a\.jsonl:1: .* lone surrogate"):
        list(read_examples(file))


def test_chunks_hold_all_examples_in_order():
    examples = [Example(str(row), None, "memory", row) for row in range(1, 8)]
    assert list(chunks(iter(examples), size=3)) == [examples[:3], examples[3:6], examples[6:]]
    assert list(chunks(examples)) == [examples]
    assert list(chunks([])) == []


def test_chunks_read_no_further_than_they_must():
    examples = iter(range(10))
    assert next(chunks(examples, size=4)) == [0, 1, 2, 3]
    assert next(examples) == 4


def test_chunks_hold_at_least_one_example():
    with pytest.raises(ValueError, match=r"`size` must be at least 1\. Received: size=0"):
        chunks([], size=0)
