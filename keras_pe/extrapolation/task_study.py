"""Trains on short generated sequences and tests on long ones."""

import dataclasses

import numpy as np

from keras_pe.config import ExtrapolationConfig, SettingsRead
from keras_pe.extrapolation.cells import CELL_SETTINGS
from keras_pe.extrapolation.lengths import in_range_lengths, length_range, padded_width
from keras_pe.extrapolation.records import GROWS
from keras_pe.extrapolation.stacked_seeds import StackedSeeds
from keras_pe.extrapolation.task_sequences import FRAMING_TOKENS, task_batch
from keras_pe.extrapolation.training import compiled_model, predicted, right_answers, train
from keras_pe.models import resolve_defaults
from keras_pe.tasks import TASKS

# `vocabulary_size` takes no less than a tokenizer needs; rows that no token has are never read.
SMALLEST_VOCABULARY = 10
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

    Raises:
        ValueError: If no test length is beyond the training lengths, the task cannot make one, or a
            setting has no effect.

    Source: Deletang et al. (2023), section 4, https://arxiv.org/abs/2207.02098
    """

    def __init__(self, config):
        settings = SettingsRead(config)
        self.task = TASKS[settings.dataset]
        self.steps = settings.steps
        self._config = config
        self._batch_size, self._samples = settings.batch_size, settings.samples
        self._train_length = settings.train_length
        self._width_step = -(-(self._train_length + FRAMING_TOKENS) // TRAINING_WIDTHS)
        self._test_lengths = _checked(settings.test_lengths, self._train_length, self.task)
        settings.refuse_unread(
            ExtrapolationConfig,
            because=f"dataset={config.dataset!r}, a generated task",
            but_for=(*CELL_SETTINGS, *GROWS),
        )
        labels = np.concatenate([self._test_batch(length)[1] for length in self._test_lengths])
        # Not one in the number of classes: a product with a zero is common, for one.
        self.chance = np.bincount(labels).max() / len(labels)

    @property
    def description(self) -> str:
        """What is trained on and tested at."""
        first, last = self._test_lengths[0], self._test_lengths[-1]
        return (
            f"{self._config.dataset}: {len(self.task.classes)} classes, generated; trained on "
            f"lengths 1 to {self._train_length}, tested at {len(self._test_lengths)} "
            f"lengths from {first} to {last}, {self._samples} sequences each"
        )

    @property
    def chance_sentence(self) -> str:
        """What guessing is worth."""
        return f"Chance level {100 * self.chance:.1f}, one class of {len(self.task.classes)}."

    def cell_config(self, cell):
        """Returns the resolved settings of a cell's model."""
        known = {
            "vocabulary_size": max(
                1 + len(self.task.symbols) + FRAMING_TOKENS, SMALLEST_VOCABULARY
            ),
            "num_classes": len(self.task.classes),
            "max_length": self._train_length + FRAMING_TOKENS,
            "inference_length": max(self._test_lengths) + FRAMING_TOKENS,
        }
        return resolve_defaults(cell.applied_to(dataclasses.replace(self._config, **known)))

    def batches(self, seed):
        """Yields the training batches of a seed: token ids [B, T] and classes [B]."""
        draw = np.random.default_rng(LENGTHS_SEED)
        lengths = draw.integers(1, self._train_length + 1, size=self.steps)
        for number, length in enumerate(lengths.tolist()):
            random = np.random.default_rng([seed, number])
            yield task_batch(self.task, random, length, self._batch_size, self._width_step)

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
        return self._tested(model, loss)

    def run_at_once(self, cells, on_step) -> list[dict]:
        """Trains the models of cells that differ in their seed alone in one program, on JAX.

        Args:
            cells: List of `Cell`.
            on_step: Function of the mean loss; called after every training step.

        Returns:
            For each cell, what `run` returns.
        """
        configs = [self.cell_config(cell) for cell in cells]
        width = padded_width(self._train_length + FRAMING_TOKENS, self._width_step)
        seeds = StackedSeeds(configs, self.steps, width)
        losses = seeds.train([self.batches(cell.seed) for cell in cells], on_step)
        return [self._tested(model, loss) for model, loss in zip(seeds.models, losses, strict=True)]

    def _tested(self, model, loss):
        lengths = {*in_range_lengths(self._train_length), *self._test_lengths}
        test = [
            {"view": "whole", "length": length, "texts": self._samples, "accuracy": accuracy}
            for length in sorted(lengths)
            for accuracy in [self._accuracy(model, length)]
        ]
        return {"parameters": model.count_params(), "loss": loss, "test": test}

    def _test_batch(self, length):
        random = np.random.default_rng([TEST_SEED, length])
        return task_batch(self.task, random, length, self._samples, TEST_WIDTH_STEP)

    def _accuracy(self, model, length):
        ids, labels = self._test_batch(length)
        parts = (ids[start : start + TEST_BATCH] for start in range(0, len(ids), TEST_BATCH))
        return float(right_answers(predicted(model, parts), labels).mean())


def _checked(text, train_length, task):
    lengths = length_range(text)
    if lengths[-1] <= train_length:
        raise ValueError(
            f"`test_lengths` must go beyond train_length={train_length}. "
            f"Received: test_lengths={text!r}"
        )
    # Some tasks end at a length; better known before the training than after it.
    task.draw(np.random.default_rng(TEST_SEED), lengths[-1], 1)
    return lengths
