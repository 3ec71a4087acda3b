"""Epochs of our model with Keras on JAX, compiled by XLA, in a process of its own."""

from collections.abc import Callable

import jax
import keras

from benchmarks.peers.stored_batches import read_batches
from keras_pe.config import RunConfig
from keras_pe.models import build_classifier
from keras_pe.training.fit import compile_for_training
from keras_pe.training.precision import building_in


class _Stored(keras.utils.PyDataset):
    def __init__(self, batches):
        super().__init__()
        self._batches = batches

    def __len__(self):
        return len(self._batches)

    def __getitem__(self, number):
        return self._batches[number]


def prepare(batches: str, config: str, device: str = "cpu") -> Callable[[object], None]:
    """Builds the model.

    Args:
        batches: str. File of `write_batches`.
        config: str. A resolved `RunConfig` as JSON.
        device: str. `"cpu"` or `"cuda"`: where the model must be.

    Returns:
        Function that trains one epoch.

    Raises:
        ValueError: JAX does not see that device, or Keras does not run on JAX.
    """
    if keras.backend.backend() != "jax":
        raise ValueError(
            f"KERAS_BACKEND must be jax. Received: KERAS_BACKEND={keras.backend.backend()}"
        )
    seen = jax.default_backend()
    if (seen == "gpu") != (device == "cuda"):
        raise ValueError(
            f"JAX must compute on `device`. Received: device={device!r}, JAX on {seen}"
        )
    settings = RunConfig.from_json(config)
    stored = read_batches(batches)
    with building_in(settings.precision):
        model = build_classifier(settings)
    compile_for_training(model, settings, len(stored))
    dataset = _Stored(stored)

    def epoch(_):
        model.fit(dataset, epochs=1, shuffle=False, verbose=0)
        jax.block_until_ready([weight.value for weight in model.trainable_variables])

    return epoch
