"""Trains on short labelled texts and tests on long ones."""

import dataclasses
import functools

import numpy as np

from keras_pe.classifier import TextClassifier
from keras_pe.data.batches import TrainingBatches
from keras_pe.data.encode_examples import encode_examples
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.length_groups import padded_lengths
from keras_pe.evaluation.baselines import linear_predictions
from keras_pe.extrapolation.long_texts import LongTexts
from keras_pe.extrapolation.short_texts import ShortTexts
from keras_pe.extrapolation.text_corpus import read_splits
from keras_pe.extrapolation.training import compiled_model, train
from keras_pe.models import resolve_defaults
from keras_pe.prepared_data import learn_tokenizer
from keras_pe.text.first_pieces import first_pieces

TEST_BATCH = 16
NO_LIMIT = 1 << 20


class TextStudy:
    """A study of labelled texts: what a model trained on up to N tokens answers for longer ones.

    Test texts are seen whole, cut, truncated and in windows: `LongTexts`.

    Args:
        config: `ExtrapolationConfig` that names labelled texts.
        progress: bool. Show the tokenising on standard error.

    Raises:
        ValueError: If no training text is short enough, a class has none, no test text is long, or
            a setting is wrong or has no effect.
    """

    def __init__(self, config, *, progress=False):
        self._config = config
        self.splits = read_splits(config)
        self.labels = LabelVocabulary.from_examples(self.splits.train)
        self.labels.encode(self.splits.test)  # An unknown label should not cost a minute.
        # Of all training texts: how long a text is, only a tokenizer knows.
        self.tokenizer = learn_tokenizer(self.splits.train, config)
        encoded = [
            encode_examples(
                part,
                tokenizer=self.tokenizer,
                max_length=NO_LIMIT,
                labels=self.labels,
                progress=progress,
            )
            for part in (self.splits.train, self.splits.test)
        ]
        self.train = ShortTexts(encoded[0], limit=config.train_length, long_texts=config.long_texts)
        self.test = LongTexts(encoded[1], train_length=config.train_length, samples=config.samples)
        self.chance = _commonest(self.test.texts.labels)
        self._padded_lengths = padded_lengths(
            self.train.first_tokens, jit_compile=config.jit_compile
        )
        steps_per_pass = -(-len(self.train) // config.batch_size)
        self._passes = -(-config.steps // steps_per_pass)
        self.steps = self._passes * steps_per_pass

    @property
    def chance_sentence(self) -> str:
        """What always saying the commonest class is worth, of short texts and of long ones."""
        limit = self._config.train_length
        texts = self.test.texts
        short, long = texts.lengths <= limit, texts.lengths > limit
        shares = [
            f"{100 * _commonest(texts.labels[which]):.1f} {words} {limit} tokens"
            for which, words in ((short, "up to"), (long, "beyond"))
            if which.any()
        ]
        return f"Chance level, the share of the commonest class: {', '.join(shares)}."

    @property
    def description(self) -> str:
        """What is trained on and tested on."""
        above = [f"{len(texts):,} above {low:,}" for low, _, texts in self.test.bands if low]
        return (
            f"{self._config.dataset or self._config.train_file}: {len(self.labels)} classes; "
            f"trained on {len(self.train):,} {self._trained_on} of at most "
            f"{self._config.train_length} tokens; tested on {len(self.test.texts):,}: "
            f"{len(self.test.texts) - len(self.test.long):,} as short, {', '.join(above)} tokens"
        )

    @property
    def _trained_on(self):
        drawn = self._config.long_texts == "random_window"
        return "texts, in each pass a window" if drawn else "texts"

    def cell_config(self, cell):
        """Returns the resolved settings of a cell's model."""
        known = {
            "vocabulary_size": len(self.tokenizer.vocabulary),
            "num_classes": len(self.labels),
            "max_length": self._config.train_length,
            "inference_length": int(self.test.texts.lengths.max()),
        }
        return resolve_defaults(cell.applied_to(dataclasses.replace(self._config, **known)))

    def batches(self, seed):
        """Yields the training batches of a seed: token ids [B, T] and classes [B]."""
        for number in range(self._passes):
            texts = self.train.of_pass(seed, number)
            batches = TrainingBatches(
                texts,
                batch_size=self._config.batch_size,
                lengths=self._padded_lengths,
                seed=seed,
            )
            batches.epoch = number
            yield from batches.dataset().as_numpy_iterator()

    def run(self, cell, on_step) -> dict:
        """Trains the model of a cell and tests it.

        Args:
            cell: `Cell`.
            on_step: Function of the loss; called after every training step.

        Returns:
            dict: `parameters`, `loss` and `test`, a list of one dict per view and band or length.
        """
        model = compiled_model(self.cell_config(cell), self.steps)
        loss = train(model, self.batches(cell.seed), on_step)
        length = int(self.test.texts.lengths.max())
        classifier = TextClassifier(model, self.tokenizer, self.labels.names, length)
        test = self.test.tested(functools.partial(classifier.scores, batch_size=TEST_BATCH))
        return {"parameters": model.count_params(), "loss": loss, "test": test}

    def baseline(self) -> dict:
        """Trains a linear model on n-grams of the same texts and tests it on whole texts.

        Of texts that are cut it reads what the networks read; where these see another window in
        each pass, the whole texts.

        Returns:
            dict: `test`, as `run` returns it.

        Raises:
            ImportError: If scikit-learn is not installed.
            ValueError: If no n-gram is in two of the training texts, or these are cut and the
                tokenizer cannot tell where in a text.
        """
        train = self._short_examples()
        test = [self.splits.test[number] for number in self.test.numbers]
        right = linear_predictions(train, test, seed=0) == self.test.texts.labels
        return {"test": self.test.points("whole", right)}

    def _short_examples(self):
        train = [self.splits.train[number] for number in self.train.numbers]
        if self._config.long_texts != "cut":
            return train
        pieces = self._config.train_length - self.tokenizer.framing_tokens
        short = first_pieces([example.text for example in train], self.tokenizer, pieces)
        pairs = zip(train, short, strict=True)
        return [dataclasses.replace(example, text=text) for example, text in pairs]


def _commonest(labels):
    return float(np.bincount(labels).max() / len(labels))
