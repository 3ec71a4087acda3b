"""Apps, run as a person runs them."""

import pytest

from tests.programs import run_module

SMALL = (
    "--vocabulary_size=120", "--hidden_dim=16", "--num_layers=1", "--num_heads=2",
    "--intermediate_dim=16", "--batch_size=16", "--learning_rate=0.01", "--max_length=16",
    "--epochs=6",
)  # fmt: skip


def start(app, *arguments, **how):
    """Runs an app in a process of its own and returns what came of it."""
    return run_module(f"apps.{app}", *arguments, **how)


@pytest.fixture(scope="session")
def app():
    """The function that runs an app."""
    return start


@pytest.fixture(scope="session")
def small():
    """Flags of a model that trains in seconds."""
    return SMALL


@pytest.fixture(scope="session")
def trained(tmp_path_factory, reviews_text):
    """A folder with reviews.csv and a finished run in run/."""
    folder = tmp_path_factory.mktemp("trained")
    (folder / "reviews.csv").write_text(reviews_text, encoding="utf-8")
    done = start(
        "train", f"--train_file={folder}/reviews.csv", f"--test_file={folder}/reviews.csv",
        f"--run_dir={folder}/run", *SMALL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder, done
