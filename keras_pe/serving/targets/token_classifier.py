"""What readers of models of token ids share."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from keras_pe.client.text_columns import TEXTS, column_batches, text_columns
from keras_pe.predictions import predictions
from keras_pe.serving.targets.token_folder import TokenFolder


class TokenClassifier:
    """Answers texts with a tokenizer in plain Python and a network in another runtime.

    A subclass says in `run` how the network is asked, and names its `kind`.

    Args:
        folder: a version folder, or one of versions, of which the highest is taken.

    Attributes:
        folder: the version folder.
        label_names: the classes, in the order of the scores; none of a number.
        predictions: what writes answers down: see `keras_pe.predictions`.
        max_length: int. Tokens of a text, or of a pair, that the model reads; the rest is cut.
        inputs: names of what it takes, `text`, or `text` and `second_text` if it answers pairs.
        text_pairs: bool. Whether it answers pairs of texts.
        tokenize: function from a text, or a pair, to the ids that the network takes.

    Raises:
        FileNotFoundError: if there is no such folder.
        ValueError: if it holds no such export.
        ImportError: if the runtime is not installed.
    """

    kind = ""

    def __init__(self, folder: str | Path):
        found = TokenFolder.of_kind(folder, self.kind)
        self.folder = found.path
        self.description = found.description
        self.label_names = tuple(found.description["labels"])
        self.predictions = predictions(
            found.description["problem_type"], self.label_names, found.description["thresholds"]
        )
        self.max_length = found.description["max_length"]
        self.text_pairs = found.description["text_pairs"]
        self.inputs = TEXTS[: 1 + self.text_pairs]
        self.tokenize = found.tokenizer()
        self._open(found.model)

    def _open(self, model: Path) -> None:
        if not model.is_file():
            raise ValueError(f"`folder` must hold its model. Received: {model}, which is not there")
        try:
            self.open(model)
        except ImportError:
            raise
        except Exception as error:  # Runtimes have classes of their own.
            said = " ".join(str(error).split())
            raise ValueError(
                f"{model.name} must be a model that {self.description['runtime']} can run. "
                f"Received: {said[:400]}"
            ) from error

    def open(self, model: Path) -> None:
        """Loads the network."""
        raise NotImplementedError

    def run(self, token_ids: Sequence[Sequence[int]]) -> np.ndarray:
        """Returns scores [B, C] float32 of B texts, each the ids that `tokenize` gives."""
        raise NotImplementedError

    def predict(
        self,
        texts: Sequence[str | bytes],
        second_texts: Sequence[str | bytes] | None = None,
        *,
        batch_size: int = 64,
    ) -> tuple[list, np.ndarray]:
        """Answers texts, those of similar length together.

        Args:
            texts: strings, or bytes that should be UTF-8; invalid ones count as U+FFFD.
            second_texts: as many; the second texts of pairs, if it answers pairs.
            batch_size: int. Texts that are computed at once, where the runtime can.

        Returns:
            The best label of each text, and scores [B, C] float32 in the order of `label_names`;
            with multi_label, the labels of each text; of a regression, the numbers, and [B, 1].
        """
        columns = text_columns(texts, second_texts, pairs=self.text_pairs)
        scores = np.zeros((len(texts), self.predictions.outputs), np.float32)
        for rows, asked in column_batches(columns, batch_size):
            scores[rows] = self.run([self.tokenize(*each) for each in zip(*asked, strict=True)])
        return self.predictions.decide(scores), scores
