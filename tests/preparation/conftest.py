"""A corpus to prepare."""

import random

import pytest

from keras_pe.config import PreparationConfig, RunConfig
from keras_pe.preparation.prepare import prepare


@pytest.fixture(scope="session")
def rows():
    """300 rows of text and label, some of them copies, in an order that tells of nothing."""
    draw = random.Random(0)
    words = {"wet": ["rain", "flood", "雨"], "dry": ["sun", "drought", "晴"]}
    made = []
    for row in range(300):
        label = ("wet", "dry")[row % 2]
        text = draw.choices(["the", "day", "a", "天", "was", "today"], k=draw.randint(0, 20))
        made.append((" ".join([*text, draw.choice(words[label])]), label))
    return made


@pytest.fixture
def table(tmp_path):
    """A function that writes rows to a CSV file and returns its path."""

    def write(rows, name="rows.csv"):
        path = tmp_path / name
        lines = [f'"{text}",{label}' for text, label in rows]
        path.write_text("\n".join(["text,label", *lines]) + "\n", encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def prepared(tmp_path):
    """A function that prepares in this process and returns the manifest."""

    def run(folder="prepared", *, num_shards=3, **settings):
        own = {name: settings.pop(name) for name in ("tokenizer_dir",) if name in settings}
        how = PreparationConfig(num_shards=num_shards, processes=1, **own)
        settings = settings if own else {"vocabulary_size": 200, **settings}
        return prepare(RunConfig(**settings), how, tmp_path / folder)

    return run
