"""Models saved on one backend and loaded on another give the same answers, with every encoding.

One process has one backend, so `make test-backends` runs this three times: TensorFlow writes, JAX
and PyTorch load. python -m tests.exchange write FOLDER; python -m tests.exchange check FOLDER
"""

import pathlib
import sys

import keras
import numpy as np
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.models import ENCODERS, POSITION_SOURCES, POSITIONS, build_classifier

ROWS = np.array([[3, 14, 7, 9, 3, 5], [0, 0, 4, 4, 8, 2], [5, 6, 7, 0, 0, 0]])
SIZES = {"vocabulary_size": 20, "num_classes": 3, "max_length": 16, "hidden_dim": 16}


def configs():
    """Yields (name, config): every encoding in every model that can use it, and every source."""
    for model in ENCODERS:
        sizes = {"num_heads": 2, "intermediate_dim": 16} if model == "transformer" else {}
        for position in POSITIONS:
            config = ModelConfig(model=model, position=position, **SIZES, **sizes)
            if model == "transformer" or not POSITIONS[position](config).acts_in_attention:
                yield f"{model}-{position}", config
        for source in POSITION_SOURCES:
            yield (
                f"{model}-from-{source}",
                ModelConfig(model=model, position_source=source, **SIZES, **sizes),
            )


def answers(model):
    return ops.convert_to_numpy(model(ROWS, training=False))


def write(folder):
    """Saves each model and its answers."""
    noise = np.random.default_rng(7)
    for name, config in configs():
        model = build_classifier(config)
        for weight in model.trainable_weights:
            moved = ops.convert_to_numpy(weight) + noise.normal(scale=0.3, size=weight.shape)
            weight.assign(moved.astype("float32"))
        model.save(folder / f"{name}.keras")
        np.save(folder / f"{name}.npy", answers(model))


def check(folder):
    """Loads each model and compares its answers; returns what failed."""
    failed = []
    for name, _ in configs():
        found = answers(keras.saving.load_model(folder / f"{name}.keras"))
        difference = np.abs(found - np.load(folder / f"{name}.npy")).max()
        if not difference <= 1e-5:
            failed.append(f"{name} differs by {difference}")
    return failed


def main(what, folder):
    """Writes or checks, and says how many."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    failed = write(folder) if what == "write" else check(folder)
    done = f"{keras.backend.backend()}: {what} of {len(list(configs()))} models"
    sys.exit("\n".join([done, *failed]) if failed else print(done))


if __name__ == "__main__":
    main(*sys.argv[1:])
