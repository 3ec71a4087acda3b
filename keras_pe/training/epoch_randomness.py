"""The randomness of an epoch: order of texts and dropout."""

import keras
import numpy as np


class EpochRandomness(keras.callbacks.Callback):
    """Makes all that is random in an epoch depend on the seed and the number of the epoch alone.

    So a run that goes on after a kill draws what the run without the kill would have drawn. Keras
    does not save the state of dropout with the weights (3.15).

    Args:
        seed: int, not negative.
        batches: `TrainingBatches`, or anything with an attribute `epoch`.
    """

    def __init__(self, seed, batches):
        super().__init__()
        self._seed = seed
        self._batches = batches

    def on_epoch_begin(self, epoch, logs=None):
        self._batches.epoch = epoch
        draw = np.random.default_rng([self._seed, epoch])
        for state in _random_states(self.model):
            state.assign(draw.integers(0, 2**31, size=state.shape).astype(state.dtype))


def _random_states(model):
    return [v for v in model.variables if v.path.endswith("seed_generator_state")]
