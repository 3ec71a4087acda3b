"""Sets of Hugging Face, from folders that are made here: no network is needed."""

import sys

import pytest

from keras_pe.config import PreparationConfig, RunConfig
from keras_pe.data.checks import quick_findings
from keras_pe.data.load import load_splits
from keras_pe.preparation.prepare import prepare

datasets = pytest.importorskip("datasets")
NAMES = ["World", "Sports"]
ROWS = {"train": 40, "test": 10}


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    """The library as it is without a network, with a cache of its own."""
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


@pytest.fixture
def made(tmp_path):
    """A function that writes a set as Parquet files and returns its name."""

    def write(*, label=None, rename=None, parts=ROWS, **columns):
        folder = tmp_path / "set"
        features = {"text": datasets.Value("string"), "label": datasets.ClassLabel(names=NAMES)}
        if label is not None:
            features["label"] = label
        for part, count in parts.items():
            rows = {
                "text": [f"{part} {row}" for row in range(count)],
                "label": [row % 2 for row in range(count)],
                **{name: value(count) for name, value in columns.items()},
            }
            kinds = features | {name: datasets.Value("string") for name in columns}
            kinds |= {"label": features["label"]}
            table = datasets.Dataset.from_dict(rows, features=datasets.Features(kinds))
            table.rename_columns(rename or {}).to_parquet(folder / f"{part}-0.parquet")
        return f"hf:{folder}"

    return write


def test_a_set_comes_with_its_parts_and_the_names_of_its_labels(made):
    name = made()
    splits = load_splits(RunConfig(dataset=name))
    assert [len(part) for part in (splits.train, splits.validation, splits.test)] == [36, 4, 10]
    assert {example.label for example in splits.train} == set(NAMES)
    assert splits.test[3].text == "test 3"
    assert splits.test[3].label == "Sports"
    assert splits.test[3].place == f"{name}/test:4"


def test_a_validation_part_is_taken_if_there_is_one(made):
    splits = load_splits(RunConfig(dataset=made(parts={**ROWS, "validation": 6})))
    assert [len(part) for part in (splits.train, splits.validation, splits.test)] == [40, 6, 10]


def test_the_only_columns_of_their_kind_need_not_be_named(made):
    splits = load_splits(RunConfig(dataset=made(rename={"text": "content", "label": "topic"})))
    assert splits.test[1].text == "test 1"
    assert splits.test[1].label == "Sports"


def test_several_text_columns_are_joined(made):
    name = made(title=lambda count: [f"title {row}" for row in range(count)])
    settings = {"text_column": "title,text", "text_separator": " | "}
    splits = load_splits(RunConfig(dataset=name, **settings))
    assert splits.test[2].text == "title 2 | test 2"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("int64", {"0", "1"}), ("string", {"0", "1"}), ("bool", {"False", "True"})],
)
def test_labels_may_be_numbers_or_words(kind, expected, made):
    splits = load_splits(RunConfig(dataset=made(label=datasets.Value(kind))))
    assert {example.label for example in splits.train} == expected


def test_rows_without_a_label_are_left_out(made):
    name = made()
    folder = name.removeprefix("hf:")
    features = datasets.Features(
        {"text": datasets.Value("string"), "label": datasets.ClassLabel(names=NAMES)}
    )
    hidden = datasets.Dataset.from_dict({"text": ["a", "b"], "label": [-1, -1]}, features=features)
    hidden.to_parquet(f"{folder}/test-0.parquet")
    assert load_splits(RunConfig(dataset=name)).test == []


def test_groups_stay_together_in_memory_and_in_shards(made, tmp_path):
    def authors(count):
        return [f" author {row // 4}" for row in range(count)]

    config = RunConfig(dataset=made(author=authors), group_column="author", vocabulary_size=100)
    splits = load_splits(config)
    groups = [{example.group for example in part} for part in (splits.train, splits.validation)]
    assert [len(each) for each in groups] == [9, 1]
    assert not set.intersection(*groups)
    found = {finding.check: finding for finding in quick_findings(splits)}["groups in two parts"]
    assert (
        found.numbers["test groups in training"] + found.numbers["test groups in validation"] == 3
    )
    manifest = prepare(config, PreparationConfig(num_shards=2, processes=1), tmp_path / "prepared")
    assert [part.rows for part in manifest.parts.values()] == [36, 4, 10]
    assert found.numbers in [finding.numbers for finding in manifest.findings]


def test_every_row_with_a_label_has_a_group(made):
    name = made(author=lambda count: ["ann", *[" "] * (count - 1)])
    with pytest.raises(ValueError, match="/train:2: the group must be a string, .* not empty"):
        load_splits(RunConfig(dataset=name, group_column="author"))


def test_prepare_streams_the_set(made, tmp_path):
    config = RunConfig(dataset=made(), vocabulary_size=100)
    manifest = prepare(config, PreparationConfig(num_shards=2, processes=1), tmp_path / "prepared")
    assert {name: part.rows for name, part in manifest.parts.items()} == {
        "train": 36, "validation": 4, "test": 10,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"text_column": "body"}, r"there must be a column 'body' of text for `text_column`. "
         r"Received: the columns 'text' \(text\), 'label' \(class\), 'score' \(text\)"),
        ({"label_column": "text"}, "there must be a column 'text' of classes, text or numbers"),
        ({"group_column": "writer"}, "a column 'writer' of classes, text or numbers for `group_c"),
        ({"group_column": "label"}, "/train: the group column must not be the label column"),
        ({"dataset": "hf:nobody/nothing"}, "hf:nobody/nothing: the set must be on the hub, in the "
         "cache, or a folder"),
    ],
    ids=["text", "label", "group", "group-is-label", "name"],
)  # fmt: skip
def test_what_is_not_there_is_told(settings, said, made):
    name = made(score=lambda count: ["1"] * count)
    with pytest.raises(ValueError, match=said) as caught:
        load_splits(RunConfig(**{"dataset": name, **settings}))
    assert "\n" not in str(caught.value)


def test_a_set_without_a_training_part_is_told(made):
    with pytest.raises(ValueError, match="must have a split named train. Received: test"):
        load_splits(RunConfig(dataset=made(parts={"test": 4})))


def test_the_library_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(ImportError, match=r"pip install 'keras-pe\[hf\]'"):
        load_splits(RunConfig(dataset="hf:fancyzhx/ag_news"))
