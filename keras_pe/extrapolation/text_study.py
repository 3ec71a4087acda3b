"""Trains on short labelled texts and tests on long ones."""

import dataclasses

import numpy as np

from keras_pe.data.batches import TrainingBatches, evaluation_batches
from keras_pe.data.encoded import encode_examples
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.length_groups import padded_lengths
from keras_pe.evaluation.baselines import linear_predictions
from keras_pe.extrapolation.text_bands import MULTIPLES, bands, sampled
from keras_pe.extrapolation.text_corpus import learned_tokenizer, read_splits, short_texts
from keras_pe.extrapolation.text_views import chosen, cut, windows
from keras_pe.extrapolation.training import compiled_model, right_answers, train
from keras_pe.models import resolve_defaults

TEST_BATCH = 16
SAMPLE_SEED = 1_000_003
NO_LIMIT = 1 << 20


class TextStudy:
    """A study of labelled texts: what a model trained on up to N tokens answers for longer ones.

    Test texts are seen four ways: whole; cut to 1, 2, 4, 8 and 16 N tokens; cut to N ("truncated");
    and in windows of N tokens whose probabilities are averaged. The last two are what a user would
    do with a model that cannot read long texts.

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
        self.tokenizer = learned_tokenizer(self.splits.train, config)
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
        self.train_numbers, self.train = short_texts(encoded[0], config)
        self._choose_test_texts(encoded[1])
        self.chance = _commonest(self.test.labels)
        passes = -(-config.steps // -(-len(self.train) // config.batch_size))
        self._passes, self.steps = passes, passes * -(-len(self.train) // config.batch_size)

    def _choose_test_texts(self, encoded):
        limit, samples = self._config.train_length, self._config.samples
        found = bands(encoded.lengths, limit)
        kept = [sampled(texts, samples, SAMPLE_SEED) for _, _, texts in found]
        self.test_numbers = np.concatenate(kept)
        self.test = chosen(encoded, self.test_numbers)
        self.bands = bands(self.test.lengths, limit)
        self.long = np.flatnonzero(self.test.lengths > limit)
        if not len(self.long):
            raise ValueError(
                f"The test texts must include some of more than train_length={limit} tokens. "
                f"Received: the longest has {self.test.lengths.max()}. Lower --train_length."
            )

    @property
    def chance_sentence(self) -> str:
        """What always saying the commonest class is worth, of short texts and of long ones."""
        limit = self._config.train_length
        short, long = self.test.lengths <= limit, self.test.lengths > limit
        shares = [
            f"{100 * _commonest(self.test.labels[which]):.1f} {words} {limit} tokens"
            for which, words in ((short, "up to"), (long, "beyond"))
            if which.any()
        ]
        return f"Chance level, the share of the commonest class: {', '.join(shares)}."

    @property
    def description(self) -> str:
        """What is trained on and tested on."""
        above = [f"{len(texts):,} above {low:,}" for low, _, texts in self.bands if low]
        return (
            f"{self._config.dataset or self._config.train_file}: {len(self.labels)} classes; "
            f"trained on {len(self.train):,} texts of at most "
            f"{self._config.train_length} tokens; tested on {len(self.test):,}: "
            f"{len(self.test) - len(self.long):,} as short, {', '.join(above)} tokens"
        )

    def cell_config(self, cell):
        """Returns the resolved settings of a cell's model."""
        known = {
            "vocabulary_size": len(self.tokenizer.vocabulary),
            "num_classes": len(self.labels),
            "max_length": self._config.train_length,
            "inference_length": int(self.test.lengths.max()),
        }
        return resolve_defaults(cell.applied_to(dataclasses.replace(self._config, **known)))

    def batches(self, seed):
        """Yields the training batches of a seed: token ids [B, T] and classes [B]."""
        batches = TrainingBatches(
            self.train,
            batch_size=self._config.batch_size,
            lengths=padded_lengths(self.train, jit_compile=self._config.jit_compile),
            seed=seed,
        )
        dataset = batches.dataset()
        for number in range(self._passes):
            batches.epoch = number
            yield from dataset.as_numpy_iterator()

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
        test = self.tested(lambda encoded: _scores(model, encoded))
        return {"parameters": model.count_params(), "loss": loss, "test": test}

    def baseline(self) -> dict:
        """Trains a linear model on n-grams of the same short texts and tests it on whole texts.

        Returns:
            dict: `test`, as `run` returns it.

        Raises:
            ImportError: If scikit-learn is not installed.
            ValueError: If the training texts are cut, which n-grams of whole ones are no baseline
                for, or have no n-gram in two of them.
        """
        if self._config.long_texts == "cut":
            raise ValueError("The linear model reads texts, not the tokens they are cut to.")
        train = [self.splits.train[number] for number in self.train_numbers]
        test = [self.splits.test[number] for number in self.test_numbers]
        right = linear_predictions(train, test, seed=0) == self.test.labels
        points = [_point("whole", high, right[texts], above=low) for low, high, texts in self.bands]
        return {"test": points}

    def tested(self, scores) -> list[dict]:
        """Tests a classifier on all views.

        Args:
            scores: Function of `EncodedTexts` that returns scores [N, C].

        Returns:
            A dict per view and band, with the texts in it and the share of right answers.
        """
        limit = self._config.train_length
        whole = scores(self.test)
        long = chosen(self.test, self.long)
        by_view = {"whole": whole, "truncated": whole.copy(), "windows": whole.copy()}
        by_view["truncated"][self.long] = scores(cut(long, limit))
        by_view["windows"][self.long] = _averaged(scores, long, limit)
        points = [
            _point(view, high, self._right(answers)[texts], above=low)
            for view, answers in by_view.items()
            for low, high, texts in self.bands
        ]
        return points + self._cut_points(scores, whole)

    def _cut_points(self, scores, whole):
        points = []
        for multiple in MULTIPLES:
            length, answers = multiple * self._config.train_length, whole.copy()
            longer = np.flatnonzero(self.test.lengths > length)
            if len(longer):
                answers[longer] = scores(cut(chosen(self.test, longer), length))
                points.append(_point("cut", length, self._right(answers)[self.long]))
        return points

    def _right(self, scores):
        return right_answers(scores, self.test.labels)


def _commonest(labels):
    return float(np.bincount(labels).max() / len(labels))


def _point(view, length, right, **more):
    accuracy = float(right.mean())
    return {"view": view, **more, "length": length, "texts": len(right), "accuracy": accuracy}


def _averaged(scores, encoded, length):
    parts, owners = windows(encoded, length)
    by_window = scores(parts)
    sums = np.zeros((len(encoded), by_window.shape[1]))
    np.add.at(sums, owners, by_window)
    return sums / np.bincount(owners)[:, None]


def _scores(model, encoded):
    lengths = padded_lengths(encoded, jit_compile=model.jit_compile)
    dataset, order = evaluation_batches(encoded, batch_size=TEST_BATCH, lengths=lengths)
    found = None
    row = 0
    for batch in dataset.as_numpy_iterator():
        ids = batch[0] if isinstance(batch, tuple) else batch
        answers = np.asarray(model.predict_on_batch(ids))
        found = np.empty((len(encoded), answers.shape[1]), "float32") if found is None else found
        found[order[row : row + len(ids)]] = answers
        row += len(ids)
    return found
