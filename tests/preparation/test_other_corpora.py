"""Sets of labels, numbers, weights and pairs in shards are what they are in memory."""

import csv
import json
import random

import numpy as np
import pytest

from keras_pe.config import RunConfig, SettingsRead, with_text_pairs
from keras_pe.data.shards.manifest import Manifest
from keras_pe.data.shards.shard import Shard
from keras_pe.experiment import Experiment
from keras_pe.prepared_data import PreparedData
from keras_pe.sharded_data import ShardedData, as_prepared
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer
from keras_pe.training.text_weights import TextWeights

KINDS = {
    "sets-of-labels": {
        "problem_type": "multi_label",
        "label_column": "labels",
        "label_separator": ";",
        "weight_column": "counts",
    },
    "numbers": {"problem_type": "regression", "label_column": "stars", "weight_column": "counts"},
    "weighted-classes": {"label_column": "class", "weight_column": "counts"},
    "pairs": {"label_column": "class", "second_text_column": "answer"},
    "pairs-with-numbers": {
        "problem_type": "regression",
        "label_column": "stars",
        "second_text_column": "answer",
        "weight_column": "counts",
    },
}
PARTS = ("train", "validation", "test")


@pytest.fixture(scope="module")
def lines():
    draw = random.Random(0)
    words = ["rain", "sun", "tea", "film", "the", "and", "a"]
    return [
        {
            "text": " ".join(draw.choices(words, k=draw.randint(0, 3))),
            "answer": " ".join(draw.choices(words, k=draw.randint(0, 12))),
            "labels": ";".join(own for own in "abc" if draw.random() < 0.3),
            "stars": draw.choice([draw.gauss(100, 10), 3.25]),
            "class": draw.choice("xyy"),
            "counts": draw.choice([0, 0.1, 1, 2.5]),
        }
        for _ in range(300)
    ]


@pytest.fixture
def files(lines, tmp_path):
    """A function that writes training rows to some files, and a test file; returns settings."""

    def write(rows=lines, several=1):
        paths = [tmp_path / f"rows-{at}.csv" for at in range(several)]
        for at, path in enumerate(paths):
            written(path, rows[at::several])
        written(tmp_path / "test.csv", lines[:60])
        return {
            "train_file": ",".join(map(str, paths)),
            "test_file": str(tmp_path / "test.csv"),
            "on_leak": "drop",
        }

    return write


def written(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


def from_shards(folder, **settings):
    config = as_prepared(RunConfig(prepared_dir=str(folder), max_length=12, **settings))
    return ShardedData.load(SettingsRead(config))


def rows_of(encoded):
    """Ids, label and weight of each text, sorted."""
    ids = np.split(encoded.ids, encoded.offsets[1:-1])
    weights = [None] * len(ids) if encoded.weights is None else encoded.weights.tolist()
    columns = ([own.tolist() for own in ids], encoded.labels.tolist(), weights)
    return sorted(zip(*columns, encoded.full_lengths.tolist(), strict=True), key=repr)


def shards_in(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.tfrecord")}


@pytest.mark.parametrize("kind", KINDS)
def test_shards_hold_what_a_run_in_memory_would_have(kind, files, prepared, tmp_path):
    settings = files() | KINDS[kind]
    manifest = prepared(**settings)
    config = RunConfig(vocabulary_size=200, max_length=12, **settings)
    memory = PreparedData.load(SettingsRead(config))
    disk = from_shards(tmp_path / "prepared")
    assert disk.labels == memory.labels
    assert disk.tokenizer.vocabulary == memory.tokenizer.vocabulary
    for name in PARTS:
        (window,) = getattr(disk, name).windows(1_000)
        ours, theirs = rows_of(window), rows_of(getattr(memory, name))
        if name != "train":  # Weights are of no use there.
            ours, theirs = ([row[:2] + row[3:] for row in rows] for rows in (ours, theirs))
        assert ours == theirs
        assert getattr(disk, name).target_counts == getattr(memory, name).target_counts
        assert getattr(disk, name).cut == getattr(memory, name).cut
    assert disk.train.cut or "second_text_column" not in settings
    assert {f.check: f.numbers for f in manifest.findings} == {
        f.check: f.numbers for f in memory.findings
    }


@pytest.mark.parametrize("kind", ["sets-of-labels", "pairs-with-numbers"])
def test_the_order_of_the_rows_and_the_files_changes_no_byte(
    kind, lines, files, prepared, tmp_path
):
    prepared("one", **files(), **KINDS[kind])
    mixed = random.Random(1).sample(lines, len(lines))
    prepared("several", **files(mixed, several=3), **KINDS[kind])
    assert len(shards_in(tmp_path / "one")) == 9
    assert shards_in(tmp_path / "one") == shards_in(tmp_path / "several")
    labels = [(tmp_path / name / "labels.json").read_bytes() for name in ("one", "several")]
    assert labels[0] == labels[1]


@pytest.mark.parametrize("class_weights", [None, np.array([0.5, 1.25])])
def test_texts_weigh_what_they_do_in_memory(class_weights, files, prepared, tmp_path):
    settings = files() | KINDS["weighted-classes"]
    prepared(**settings)
    memory = PreparedData.load(SettingsRead(RunConfig(vocabulary_size=200, **settings)))
    found = []
    for train in (memory.train, from_shards(tmp_path / "prepared").train):
        weigh = TextWeights.scaled(train.weight_sums, len(train), class_weights)
        (window,) = train.windows(1_000)
        found.append(np.sort(weigh(window.weights, window.labels)))
    np.testing.assert_array_equal(*found)
    assert found[0].mean() == pytest.approx(1, abs=1e-6)


def test_windows_of_pairs_are_cut_as_in_memory(files, prepared, tmp_path):
    long_first = {"text_column": "answer", "second_text_column": "text"}
    settings = files() | KINDS["pairs"] | long_first
    windows = {"truncation": "window", "window_overlap": 1, "second_length": 2, "max_windows": 2}
    prepared(**settings)
    config = RunConfig(vocabulary_size=200, max_length=8, text_pairs=True, **windows, **settings)
    memory = PreparedData.load(SettingsRead(config))
    own = RunConfig(prepared_dir=str(tmp_path / "prepared"), max_length=8, **windows)
    disk = ShardedData.load(SettingsRead(with_text_pairs(as_prepared(own))))
    (window,) = disk.train.windows(1_000)
    assert rows_of(window) == rows_of(memory.train)
    # 8 tokens, and 8 - 3 - 2 - 1 more in a second window.
    assert memory.train.lengths.max() == 10
    assert memory.train.cut > 0


def test_what_was_decided_when_texts_were_prepared_is_decided(files, prepared, tmp_path):
    prepared(**files(), **KINDS["sets-of-labels"])
    folder = tmp_path / "prepared"
    config = as_prepared(RunConfig(prepared_dir=str(folder)))
    assert config.problem_type == "multi_label"
    assert (config.label_column, config.label_separator) == ("labels", ";")
    assert as_prepared(config) == config
    wrong = RunConfig(prepared_dir=str(folder), problem_type="regression")
    with pytest.raises(ValueError, match="`problem_type` must be what .* prepared with, 'multi_l"):
        Experiment(wrong, tmp_path / "run", verbose=0)
    with pytest.raises(ValueError, match="`second_text_column` must be what .* with, None. Rec"):
        as_prepared(RunConfig(prepared_dir=str(folder), second_text_column="answer"))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"unknown_labels": "drop"}, "`unknown_labels` has no effect with the data given"),
        ({"label_names_file": "x"}, "`label_names_file` has no effect with the data given"),
        ({"label_separator": ";"}, "`label_separator` has no effect with the data given"),
        ({"label_column": "labels"}, "rows-0.csv:2: the target must be a finite number"),
        ({"weight_column": "labels"}, "rows-0.csv:2: the weight must be a finite number"),
        ({"second_text_column": "reply"}, "there must be a column 'reply'"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_cannot_be_prepared_is_told(settings, said, files, prepared):
    with pytest.raises(ValueError, match=said):
        prepared(**files() | KINDS["numbers"] | settings)


def test_named_sets_have_one_label(prepared):
    with pytest.raises(ValueError, match="`dataset` must be left out where a text has other labe"):
        prepared(dataset="hf:someone/something", problem_type="regression")


def test_an_unknown_label_of_a_set_is_told_or_left_out(lines, files, prepared, tmp_path):
    settings = files() | KINDS["sets-of-labels"]
    written(tmp_path / "test.csv", [lines[0] | {"labels": "a;aa"}, lines[1] | {"labels": "b"}])
    with pytest.raises(ValueError, match="test.csv:2: the label must be one of the 3 .*'aa'"):
        prepared("told", **settings)
    manifest = prepared("left_out", unknown_labels="drop", **settings)
    assert manifest.parts["test"].rows == 1


def test_folders_of_the_first_format_are_read(tmp_path):
    import tensorflow as tf

    def numbers(values):
        return tf.train.Feature(int64_list=tf.train.Int64List(value=values))

    WordPieceTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "tea"]).save(tmp_path / "tokenizer")
    (tmp_path / "labels.json").write_text('["no", "yes"]', encoding="utf-8")
    parts = {}
    for name in ("train", "validation"):
        path = tmp_path / f"{name}-00000-of-00001.tfrecord"
        with tf.io.TFRecordWriter(str(path)) as writer:
            for ids, label in (([4, 4], 1), ([], 0)):
                features = {"ids": numbers(ids), "label": numbers([label])}
                example = tf.train.Example(features=tf.train.Features(feature=features))
                writer.write(example.SerializeToString())
        size = path.stat().st_size
        shard = Shard(file=path.name, rows=2, pieces=2, bytes=size, sha256="")
        parts[name] = {
            "shards": [vars(shard)],
            "labels": {"0": 1, "1": 1},
            "lengths": {"0": 1, "2": 1},
        }
    manifest = {"format": 1, "settings": {"data": {}}, "parts": parts, "findings": []}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    disk = from_shards(tmp_path)
    (window,) = disk.train.windows(9)
    assert window.ids.tolist() == [2, 4, 4, 3, 2, 3]
    assert window.labels.tolist() == [1, 0]
    assert disk.labels.describe(disk.train.target_counts) == "2 classes: no 50.0%, yes 50.0%"
    assert Manifest.load(tmp_path).parts["train"].rows == 2
