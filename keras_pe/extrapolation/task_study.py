"""Trains on short generated sequences and tests on long ones."""

import dataclasses

import numpy as np

from keras_pe.extrapolation.lengths import in_range_lengths, length_range
from keras_pe.extrapolation.task_sequences import FRAMING_TOKENS, task_batch
from keras_pe.extrapolation.training import compiled_model, predicted, train
from keras_pe.models import resolve_defaults
from keras_pe.tasks import TASKS

TRAINING_WIDTHS = 4
TEST_WIDTH_STEP = 64
TEST_BATCH = 64
# Far from the seeds of training, and the same for every cell: all answer the same questions.
TEST_SEED = 1_000_003
# One order of lengths for all seeds, so that they can be trained side by side in one batch.
LENGTHS_SEED = 1_000_033


class TaskStudy:
    """A study of a generated task: mini-batches of one random length each, tested length by length.

    The length of a mini-batch is uniform in 1..train_length, as in Deletang et al. (2023); its rows
    are padded to one of four widths, with a mask. Sequences are drawn on the fly and never again.

    Args:
        config: `ExtrapolationConfig` whose `dataset` is a name in `TASKS`.

    Source: Deletang et al. (2023), section 4, https://arxiv.org/abs/2207.02098
    """

    def __init__(self, config):
        self.task = TASKS[config.dataset]
        self.steps = config.steps
        self._config = config
        self._test_lengths = length_range(config.test_lengths)
        labels = np.concatenate([self._test_batch(length)[1] for length in self._test_lengths])
        # Not one in the number of classes: a product with a zero is common, for one.
        self.chance = np.bincount(labels).max() / len(labels)

    @property
    def description(self) -> str:
        """What is trained on and tested at."""
        first, last = self._test_lengths[0], self._test_lengths[-1]
        return (
            f"{self._config.dataset}: {len(self.task.classes)} classes, generated; trained on "
            f"lengths 1 to {self._config.train_length}, tested at {len(self._test_lengths)} "
            f"lengths from {first} to {last}, {self._config.samples} sequences each"
        )

    def cell_config(self, cell):
        """Returns the resolved settings of a cell's model."""
        known = {
            "vocabulary_size": 1 + len(self.task.symbols) + FRAMING_TOKENS,
            "num_classes": len(self.task.classes),
            "max_length": self._config.train_length + FRAMING_TOKENS,
            "inference_length": max(self._test_lengths) + FRAMING_TOKENS,
        }
        known["vocabulary_size"] = max(known["vocabulary_size"], 10)
        return resolve_defaults(cell.applied_to(dataclasses.replace(self._config, **known)))

    def batches(self, seed):
        """Yields the training batches of a seed: token ids [B, T] and classes [B]."""
        longest = self._config.train_length
        step = -(-(longest + FRAMING_TOKENS) // TRAINING_WIDTHS)
        lengths = np.random.default_rng(LENGTHS_SEED).integers(1, longest + 1, size=self.steps)
        for number, length in enumerate(lengths.tolist()):
            random = np.random.default_rng([seed, number])
            yield task_batch(self.task, random, length, self._config.batch_size, step)

    def run(self, cell, on_step) -> dict:
        """Trains the model of a cell and tests it.

        Args:
            cell: `Cell`.
            on_step: Function of the loss; called after every training step.

        Returns:
            dict: `parameters`, `loss` and `test`, a list of one dict per length.
        """
        model = compiled_model(self.cell_config(cell), self.steps)
        loss = train(model, self.batches(cell.seed), on_step)
        lengths = (*in_range_lengths(self._config.train_length), *self._test_lengths)
        test = [
            {"view": "whole", "length": length, "texts": self._config.samples, "accuracy": accuracy}
            for length in lengths
            for accuracy in [self._accuracy(model, length)]
        ]
        return {"parameters": model.count_params(), "loss": loss, "test": test}

    def _test_batch(self, length):
        random = np.random.default_rng([TEST_SEED, length])
        return task_batch(self.task, random, length, self._config.samples, TEST_WIDTH_STEP)

    def _accuracy(self, model, length):
        ids, labels = self._test_batch(length)
        parts = (ids[start : start + TEST_BATCH] for start in range(0, len(ids), TEST_BATCH))
        return float((predicted(model, parts).argmax(axis=1) == labels).mean())
