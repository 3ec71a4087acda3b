"""Tiny studies."""

import pytest

from keras_pe.config import ExtrapolationConfig

TINY_LSTM = {
    "model": "lstm",
    "hidden_dim": 8,
    "lstm_units": 8,
    "dense_dim": 8,
    "batch_size": 16,
    "learning_rate": 0.03,
}
TINY_TASK = {
    "dataset": "even_pairs",
    "positions": "none",
    "train_length": 6,
    "test_lengths": "7:13:3",
    "samples": 40,
    "steps": 3,
    "seeds": 1,
}


@pytest.fixture(scope="session")
def tiny_task():
    """The function that makes the settings of a study of a generated task, with an LSTM."""
    return lambda **settings: ExtrapolationConfig(**{**TINY_LSTM, **TINY_TASK, **settings})


TEXT_SETTINGS = {"positions": "none", "train_length": 6, "steps": 1, "seeds": 1}


@pytest.fixture
def tiny_texts(tmp_path):
    """The function that writes rows of (label, words) as CSV and makes the settings of a study."""

    def config(train, test, **settings):
        for name, rows in (("train", train), ("test", test)):
            lines = ["text,label", *(f"{text},{label}" for label, text in rows)]
            (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        files = {
            name: str(tmp_path / f"{name.split('_')[0]}.csv")
            for name in ("train_file", "test_file")
        }
        return ExtrapolationConfig(**{**TINY_LSTM, **TEXT_SETTINGS, **files, **settings})

    return config
