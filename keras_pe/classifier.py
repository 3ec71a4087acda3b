"""A trained model with its tokenizer and its labels: texts in, labels and scores out."""

import keras
import numpy as np

from keras_pe import layers  # noqa: F401  Loading a model needs its layers registered.
from keras_pe.config.text_length import read_length
from keras_pe.data.batches import evaluation_batches
from keras_pe.data.encoded import encode_examples
from keras_pe.data.example import Example
from keras_pe.data.length_groups import padded_lengths
from keras_pe.run_folder import RunFolder


class TextClassifier:
    """Answers for texts what a training run has learned.

    Args:
        model: `keras.Model` from token ids to class probabilities.
        tokenizer: `Tokenizer` the model was trained with.
        label_names: Names of the classes, in the order of the model's outputs.
        max_length: int. Tokens a text is cut to.

    Example:
        `TextClassifier.load("runs/reviews").predict(["a good film"])` gives
        `(["positive"], [[0.02, 0.98]])`.
    """

    def __init__(self, model, tokenizer, label_names, max_length):
        self.model = model
        self.tokenizer = tokenizer
        self.label_names = tuple(label_names)
        self.max_length = max_length

    @classmethod
    def load(cls, run_dir) -> "TextClassifier":
        """Returns the classifier of a run's best epoch.

        Args:
            run_dir: Folder that `train` wrote.

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
        names = folder.load_labels().names
        return cls(model, folder.load_tokenizer(), names, read_length(config))

    def predict(self, texts, *, batch_size=64, verbose=0):
        """Returns the most probable label of each text, and the scores of all labels.

        Args:
            texts: Sequence of str.
            batch_size: int.
            verbose: 1 for a progress bar.

        Returns:
            List of N labels, and scores [N, C], float32, each row summing to 1.
        """
        examples = [Example(text, None, "texts", row) for row, text in enumerate(texts, start=1)]
        if not examples:
            return [], np.zeros((0, len(self.label_names)), "float32")
        encoded = encode_examples(examples, tokenizer=self.tokenizer, max_length=self.max_length)
        scores = self.scores(encoded, batch_size=batch_size, verbose=verbose)
        return [self.label_names[best] for best in scores.argmax(axis=1)], scores

    def scores(self, encoded, *, batch_size=64, verbose=0):
        """Returns the scores [N, C], float32, of encoded texts, in their order."""
        lengths = padded_lengths(encoded, jit_compile=self.model.jit_compile)
        dataset, order = evaluation_batches(encoded, batch_size=batch_size, lengths=lengths)
        by_length = self.model.predict(dataset, verbose=verbose)
        scores = np.empty_like(by_length)
        scores[order] = by_length
        return scores
