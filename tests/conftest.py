"""What every test starts from: quiet logs, parsed flags, a seed, and float32."""

import gc
import os
import random
import sys

# Before anything imports TensorFlow, Keras or matplotlib: each reads its variable once.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as apps do
os.environ.setdefault("MPLBACKEND", "Agg")
# Tiny models are compiled once and run once: how fast they run does not matter, the compiling does.
os.environ.setdefault(
    "XLA_FLAGS",
    "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true "
    "--xla_cpu_use_fusion_emitters=false",
)

import numpy as np
import pytest
from absl import flags


def pytest_configure():
    """Looks for unreachable objects more seldom.

    Tracing makes them by the million and keeps nearly all: looking took 5 % of the time, and more
    with every model that tests share.
    """
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def parsed_flags():
    """Lets a test read flags: pytest's own command line is not for absl to parse."""
    flags.FLAGS.mark_as_parsed()


@pytest.fixture(autouse=True)
def same_start():
    """Gives every test the same seed, and leaves the global dtype policy at float32.

    Keras is not imported for this: a test of a reader should not wait for TensorFlow.
    """
    random.seed(0)
    np.random.seed(0)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(0)
    yield
    if "keras" in sys.modules:
        sys.modules["keras"].config.set_dtype_policy("float32")


@pytest.fixture(scope="session")
def reviews_text():
    """200 short reviews as CSV, English and Chinese, whose label one word tells."""
    draw = random.Random(0)
    words = {"positive": ["good", "fine", "好看"], "negative": ["bad", "dull", "难看"]}
    rows = ["text,label"]
    for row in range(200):
        label = ("positive", "negative")[row % 2]
        text = draw.choices(["film", "the", "plot", "这部", "电影", "and"], k=draw.randint(1, 12))
        text.insert(draw.randint(0, len(text)), draw.choice(words[label]))
        rows.append(f"{' '.join(text)},{label}")
    return "\n".join(rows) + "\n"


@pytest.fixture
def reviews(tmp_path, reviews_text):
    """The path of a CSV file of reviews."""
    path = tmp_path / "reviews" / "reviews.csv"
    path.parent.mkdir()
    path.write_text(reviews_text, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory):
    """Function of a config that trains, and returns the experiment."""
    from keras_pe.experiment import Experiment

    def finish(config):
        experiment = Experiment(config, tmp_path_factory.mktemp("runs") / "run", verbose=0)
        experiment.run()
        return experiment

    return finish


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """Function of a classifier and the experiment it is of that exports and opens it again."""
    from keras_pe.serving.run_facts import RunFacts
    from keras_pe.serving.saved_model import write_saved_model
    from keras_pe.serving.served import ServedClassifier

    def export(classifier, experiment, name="model"):
        version = write_saved_model(
            classifier.model, classifier.tokenizer, classifier.label_names,
            tmp_path_factory.mktemp("exported") / name, max_length=classifier.max_length,
            text_pairs=classifier.text_pairs, facts=RunFacts.load(experiment.folder.path),
        )  # fmt: skip
        return ServedClassifier(version)

    return export
