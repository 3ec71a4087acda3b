"""A trained model with its tokenizer and its labels: texts in, labels or numbers out."""

import keras
import numpy as np

from keras_pe import layers  # noqa: F401  Loading a model needs its layers registered.
from keras_pe.config.text_length import read_length
from keras_pe.data.batches import evaluation_batches
from keras_pe.data.encode_examples import encode_examples
from keras_pe.data.example import Example
from keras_pe.data.length_groups import padded_lengths
from keras_pe.data.second_texts import checked_second_texts
from keras_pe.predictions import predictions
from keras_pe.run_folder import RunFolder


class TextClassifier:
    """Answers for texts what a training run has learned.

    Args:
        model: `keras.Model` from token ids to probabilities, or to a number.
        tokenizer: `Tokenizer` the model was trained with.
        label_names: Names of the classes, in the order of the model's outputs; none of a number.
        max_length: int. Tokens a text is cut to.
        problem_type: str. What the answers are: a key of `keras_pe.predictions.PREDICTIONS`.
        thresholds: [C] float. From which score on a label is given (multi_label).
        text_pairs: bool. Whether it answers pairs of texts.

    Example:
        `TextClassifier.load("runs/reviews").predict(["a good film"])` gives
        `(["positive"], [[0.02, 0.98]])`.
    """

    def __init__(
        self,
        model,
        tokenizer,
        label_names,
        max_length,
        *,
        problem_type="single_label",
        thresholds=None,
        text_pairs=False,
    ):
        self.model = model
        self.tokenizer = tokenizer
        self.label_names = tuple(label_names)
        self.max_length = max_length
        self.problem_type = problem_type
        self.thresholds = thresholds
        self.predictions = predictions(problem_type, label_names, thresholds)
        self.text_pairs = text_pairs

    @classmethod
    def load(cls, run_dir, *, thresholds=None) -> "TextClassifier":
        """Returns the classifier of a run's best epoch.

        Args:
            run_dir: Folder that `train` wrote.
            thresholds: [C] float. From which score on a label is given; None for those of the run.

        Returns:
            `TextClassifier`.

        Raises:
            FileNotFoundError: If the folder holds no run, or no epoch of it was finished.
        """
        folder = RunFolder(run_dir)
        config = folder.load_config()
        if not folder.best_model.exists():
            raise FileNotFoundError(
                "`run_dir` must hold a run with a finished epoch. "
                f"Received: run_dir={str(run_dir)!r}. Go on with it by train --resume."
            )
        model = keras.saving.load_model(folder.best_model, compile=False)
        return cls(
            model,
            folder.load_tokenizer(),
            folder.load_labels().names,
            read_length(config),
            problem_type=config.problem_type,
            thresholds=folder.load_thresholds() if thresholds is None else thresholds,
            text_pairs=config.text_pairs,
        )

    def with_thresholds(self, thresholds) -> "TextClassifier":
        """Returns the same classifier, that gives labels from other scores on.

        Args:
            thresholds: [C] float.
        """
        parts = (self.model, self.tokenizer, self.label_names, self.max_length)
        kind = {"problem_type": self.problem_type, "text_pairs": self.text_pairs}
        return type(self)(*parts, **kind, thresholds=thresholds)

    def predict(self, texts, second_texts=None, *, batch_size=64, verbose=0):
        """Returns what the model says of each text, and the numbers that say it.

        Args:
            texts: Sequence of str.
            second_texts: Sequence of str, as many; the second texts of pairs, if it answers pairs.
            batch_size: int. Texts at a time; fewer of more than 512 tokens.
            verbose: 1 for a progress bar.

        Returns:
            List of N labels, tuples of labels or numbers, and scores [N, C], float32: probabilities
            of all labels, of which each row sums to 1 with single_label; or [N, 1], the numbers.

        Raises:
            ValueError: If pairs are given and single texts wanted, or the other way round.
        """
        seconds = checked_second_texts(texts, second_texts, wanted=self.text_pairs)
        examples = [
            Example(text, None, "texts", row, second_text=second)
            for row, (text, second) in enumerate(zip(texts, seconds, strict=True), start=1)
        ]
        if not examples:
            return [], np.zeros((0, self.predictions.outputs), "float32")
        encoded = encode_examples(examples, tokenizer=self.tokenizer, max_length=self.max_length)
        scores = self.scores(encoded, batch_size=batch_size, verbose=verbose)
        return self.predictions.decide(scores), scores

    def scores(self, encoded, *, batch_size=64, verbose=0):
        """Returns what the model gives for encoded texts, [N, C], float32, in their order."""
        lengths = padded_lengths(encoded, jit_compile=self.model.jit_compile)
        dataset, order = evaluation_batches(encoded, batch_size=batch_size, lengths=lengths)
        by_length = self.model.predict(dataset, verbose=verbose)
        scores = np.empty_like(by_length)
        scores[order] = by_length
        return scores
