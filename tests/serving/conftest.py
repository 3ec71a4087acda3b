"""A tiny classifier, its tokenizer, and a way to export it; larger ones, that read the news."""

import csv
import fcntl
import functools
import importlib.util
import itertools
import os
import pathlib
import random
import subprocess
import sys

import keras
import pytest
import tensorflow as tf

import keras_pe
from keras_pe.config import ModelConfig
from keras_pe.models import build_classifier
from keras_pe.serving.saved_model import write_saved_model
from keras_pe.text.wordpiece import learn_wordpiece
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer
from keras_pe.training.precision import building_in

KERAS = {"keras", "keras_core", "keras_hub", "keras_nlp", "tf_keras"}
CHECK = f"""
import importlib.util
found = [name for name in {sorted(KERAS)!r} if importlib.util.find_spec(name)]
if found: raise SystemExit(f"{{found}} can be imported")
"""
NEWS = pathlib.Path(__file__).parents[3] / "shared" / "data" / "ag_news" / "test.csv"
NEWS_MODELS = {
    "rotary": {"model": "transformer", "position": "rotary", "num_heads": 2, "num_layers": 2},
    "lstm": {"model": "lstm", "lstm_units": 16},
}

VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *("good", "bad", "film", "the", "a", "##s", ".", "!"),
    *("中", "文", "电", "影", "好"),
]


@pytest.fixture(scope="session")
def labels():
    return ["负面", "neutral", "positive"]


@pytest.fixture(scope="session")
def tokenizer():
    return WordPieceTokenizer(VOCABULARY)


@pytest.fixture(scope="session")
def build():
    """Returns a function that builds token ids -> embedding -> layers -> three probabilities."""

    def classifier(*layers, vocabulary_size=18, dim=8, dtype="float32", mask_zero=True):
        keras.utils.set_random_seed(7)
        # Wide weights spread the probabilities, so that wrong answers differ from right ones.
        wide = functools.partial(keras.initializers.RandomNormal, stddev=1.0)
        embedding = keras.layers.Embedding(vocabulary_size, dim, wide(), None, mask_zero=mask_zero)
        head = keras.layers.Dense(3, "softmax", kernel_initializer=wide(), dtype=dtype)
        inputs = keras.Input((None,), dtype="int32", name="token_ids")
        outputs = inputs
        for layer in (embedding, *layers, head):
            outputs = layer(outputs)
        return keras.Model(inputs, outputs)

    return classifier


@pytest.fixture(scope="session")
def export(tokenizer, labels):
    """Returns `write_saved_model` with the arguments that most tests share."""

    def write(model, folder, **arguments):
        given = {"tokenizer": tokenizer, "label_names": labels, "max_length": 16, **arguments}
        return write_saved_model(model, folder=folder, **given)

    return write


@pytest.fixture(scope="session")
def model(build):
    return build(keras.layers.LSTM(8), keras.layers.Dropout(0.5))


@pytest.fixture(scope="session")
def version(model, export, tmp_path_factory):
    """One export that the tests of a session read and leave as it is."""
    folder = tmp_path_factory.mktemp("exported") / "film"
    return export(model, folder, check_texts=["a good film!", "好电影 中文"])


@pytest.fixture(scope="session")
def packages():
    """The folder that holds the `tensorflow` and `tensorflow_text` that are installed."""
    return pathlib.Path(importlib.util.find_spec("tensorflow").origin).parents[1]


@pytest.fixture(scope="session")
def without_keras(packages, tmp_path_factory):
    """Returns a function that runs a program where all that is installed is, but no Keras.

    Args of the function: the program, its arguments, and what it reads from standard input.
    """
    environment = tmp_path_factory.mktemp("without_keras")
    for path in packages.iterdir():
        if path.name.split("-")[0] not in KERAS and path.suffix != ".pth":
            (environment / path.name).symlink_to(path)
    (environment / "keras_pe").symlink_to(pathlib.Path(keras_pe.__file__).parent)

    def run(program, *arguments, stdin=b""):
        start = f"import sys; sys.path.append({str(environment)!r})\n{CHECK}{program}"
        # Isolated, and without `site`, which would add the packages that are installed.
        command = [sys.executable, "-I", "-S", "-c", start, *map(str, arguments)]
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=300)
        assert done.returncode == 0, done.stderr.decode()[-2_000:]
        return done.stdout

    return run


@pytest.fixture(scope="session")
def news():
    """1,000 texts: real ones, or where those are not at hand, ones of drawn words."""
    if NEWS.exists():
        with open(NEWS, encoding="utf-8", newline="") as file:
            rows = itertools.islice(csv.DictReader(file), 1_000)
            return [f"{row['title']} {row['description']}" for row in rows]
    draw = random.Random(0)
    words = ["".join(draw.choices("abdeiklmnorstu, 中文电影", k=6)) for _ in range(2_000)]
    return [" ".join(draw.choices(words, k=draw.randint(1, 60))) for _ in range(1_000)]


@pytest.fixture(scope="session")
def news_tokenizer(news):
    return WordPieceTokenizer(learn_wordpiece(news, vocabulary_size=2_000))


@pytest.fixture(scope="session")
def news_model(news, news_tokenizer):
    """Returns a function of a key of `NEWS_MODELS` and a precision: a classifier of four topics."""

    @functools.cache
    def model(kind, precision="float32"):
        keras.utils.set_random_seed(1)
        sizes = {"vocabulary_size": 2_000, "max_length": 48, "hidden_dim": 16}
        with building_in(precision):
            built = build_classifier(ModelConfig(num_classes=4, **sizes, **NEWS_MODELS[kind]))
        # A head that is not trained gives all texts much the same scores; this one spreads them.
        head = built.get_layer("logits")
        ids = news_tokenizer.pad(news_tokenizer.encode(tf.constant(news[:200]), 48))
        logits = keras.Model(built.inputs, head.output).predict(ids, batch_size=200, verbose=0)
        kernel, _ = head.get_weights()
        wide = 2.0 / logits.std(axis=0)
        head.set_weights([kernel * wide, -logits.mean(axis=0) * wide])
        return built

    return model


@pytest.fixture(scope="session")
def news_version(news_model, news_tokenizer, tmp_path_factory):
    """Returns a function like `news_model`: the version folder of the exported model."""
    base = tmp_path_factory.getbasetemp()
    # Processes that test side by side share what one of them has made: seeds make models alike.
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    @functools.cache
    def version(kind, precision="float32"):
        folder = base / "news" / precision / kind
        folder.parent.mkdir(parents=True, exist_ok=True)
        with open(f"{folder}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                model, names = news_model(kind, precision), ["World", "Sports", "Business", "Tech"]
                write_saved_model(model, news_tokenizer, names, folder, max_length=48)
        return folder / "1"

    return version
