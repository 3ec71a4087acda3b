"""The corpus of the libraries that are really installed."""

import random
import re
from collections import Counter

import pytest

from keras_pe.data.docstrings import corpus, docstring_corpus
from keras_pe.data.word_pairs import word_pairs


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def splits(folder):
    return docstring_corpus(folder, progress=False)


@pytest.fixture(scope="module")
def parts(splits):
    return splits.train, splits.validation, splits.test


@pytest.mark.slow
def test_it_is_large_has_all_labels_and_a_long_tail(parts):
    examples = [example for part in parts for example in part]
    counts = Counter(example.label for example in examples)
    assert counts.keys() == {"python", "numpy", "keras", "keras_hub", "tensorflow"}
    assert len(examples) > 10_000
    assert min(counts.values()) > 500
    lengths = sorted(len(example.text.split()) for example in examples)
    assert lengths[0] >= 8
    assert lengths[-1] > 2000
    assert lengths[int(0.99 * len(lengths))] > 400


@pytest.mark.slow
def test_every_label_has_its_share_of_every_split(parts):
    total = Counter(example.label for part in parts for example in part)
    for part, lowest, highest in zip(parts, (0.7, 0.05, 0.05), (0.9, 0.15, 0.15), strict=True):
        for label, count in Counter(example.label for example in part).items():
            assert lowest < count / total[label] < highest, label


@pytest.mark.slow
def test_no_file_is_in_two_splits(parts):
    train, validation, test = ({example.source for example in part} for part in parts)
    assert not train & validation
    assert not train & test
    assert not validation & test


@pytest.mark.slow
def test_no_name_is_left(parts):
    name = re.compile(r"tensorflow|keras|numpy|python|(?<![a-z0-9])(?:tf2?|np)(?![a-z0-9])", re.I)
    left = [e.place for part in parts for e in part if name.search(e.text)]
    assert left == []


@pytest.mark.slow
def test_no_near_duplicate_of_a_test_text_was_trained_on(splits):
    train = [word_pairs(example.text) for example in splits.train]
    for example in random.Random(0).sample(splits.test, 60):
        own = word_pairs(example.text)
        nearest = max(len(own & pairs) / len(own | pairs) for pairs in train)
        assert nearest < 0.5, example.place


@pytest.mark.slow
def test_a_second_call_gives_the_same_from_the_cache(splits, folder, monkeypatch):
    monkeypatch.setattr(corpus, "harvest_libraries", None)
    assert docstring_corpus(folder, progress=False) == splits
