"""Sets of TensorFlow Datasets, by builders that are made here: no network is needed."""

import functools
import sys

import numpy as np
import pytest

from keras_pe.config import RunConfig
from keras_pe.data.hubs import hub_parts
from keras_pe.data.load import load_splits

tfds = pytest.importorskip("tensorflow_datasets")


class TinyNews(tfds.core.GeneratorBasedBuilder):
    """Headlines of two classes."""

    VERSION = tfds.core.Version("1.0.0")

    def _info(self):
        features = {
            "title": tfds.features.Text(),
            "description": tfds.features.Text(),
            "topic": tfds.features.ClassLabel(names=["World", "Sports"]),
            "length": tfds.features.Scalar(np.int64),
        }
        return tfds.core.DatasetInfo(
            builder=self,
            features=tfds.features.FeaturesDict(features),
            supervised_keys=("description", "topic"),
        )

    def _split_generators(self, dl_manager):
        return {"train": self._rows("train", 40), "test": self._rows("test", 10)}

    def _generate_examples(self):
        raise NotImplementedError

    def _rows(self, part, count):
        for row in range(count):
            text = {"title": f"{part} {row}", "description": f"你好 {part} {row}"}
            yield row, {**text, "topic": row % 2, "length": row}


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory, monkeypatch):
    """Sets are built in a folder of the tests, and nothing is asked of the network."""
    folder = tmp_path_factory.getbasetemp() / "tfds"
    monkeypatch.setattr(tfds, "builder", functools.partial(tfds.builder, data_dir=folder))
    monkeypatch.setattr("tensorflow_datasets.core.utils.gcs_utils._is_gcs_disabled", True)


def test_a_set_comes_with_its_parts_and_the_names_of_its_labels():
    splits = load_splits(RunConfig(dataset="tfds:tiny_news"))
    assert [len(part) for part in (splits.train, splits.validation, splits.test)] == [36, 4, 10]
    assert {example.label for example in splits.train} == {"World", "Sports"}
    assert sorted(example.text for example in splits.test)[3] == "你好 test 3"
    assert splits.test[0].source == "tfds:tiny_news/test"


def test_several_text_columns_are_joined():
    splits = load_splits(RunConfig(dataset="tfds:tiny_news", text_column="title,description"))
    assert sorted(example.text for example in splits.test)[3] == "test 3 你好 test 3"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"group_column": "title"}, {f"train {row}" for row in range(40)}),
        ({"group_column": "length"}, {f"{row}" for row in range(40)}),
        ({"group_column": "topic", "label_column": "length"}, {"World", "Sports"}),
    ],
    ids=["text", "number", "class"],
)
def test_groups_are_words_whatever_the_feature_holds(columns, expected):
    parts = hub_parts(RunConfig(dataset="tfds:tiny_news", **columns))
    assert {example.group for example in parts["train"]} == expected


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"text_column": "topic"}, "there must be a column 'topic' of text for `text_column`. "
         r"Received: the columns .*'topic' \(class\)"),
        ({"label_column": "description"}, "there must be a column 'description' of classes"),
        ({"group_column": "writer"}, "a column 'writer' of classes, text or numbers for `group_c"),
        ({"dataset": "tfds:no_such_set"}, "the set must be in TensorFlow Datasets. Received:"),
    ],
    ids=["text", "label", "group", "name"],
)  # fmt: skip
def test_what_is_not_there_is_told(settings, said):
    with pytest.raises(ValueError, match=said) as caught:
        load_splits(RunConfig(**{"dataset": "tfds:tiny_news", **settings}))
    assert "\n" not in str(caught.value)


def test_the_library_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", None)
    with pytest.raises(ImportError, match=r"pip install 'keras-pe\[tfds\]'"):
        load_splits(RunConfig(dataset="tfds:ag_news_subset"))
