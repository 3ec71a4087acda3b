"""The texts that are measured on: docstrings cut to the length of news, or a file."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from keras_pe.config import RunConfig
from keras_pe.data.docstrings import docstring_corpus
from keras_pe.data.encode_examples import encode_examples
from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.readers import read_examples
from keras_pe.text.wordpiece import learn_wordpiece
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

# With whole sentences up to here the median is near 45 tokens and few texts have more than 90,
# like a headline with its first lines.
_CHARACTERS = 200
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n\s*\n")


@dataclass(frozen=True)
class BenchmarkTexts:
    """All texts for the pipeline, some of them for training, and what numbers them.

    Args:
        name: str. Where they come from.
        examples: all of them.
        sample_size: int. How many of them are trained on per round.
        config: `RunConfig`. Vocabulary size, longest text, seed.
    """

    name: str
    examples: Sequence[Example]
    sample_size: int
    config: RunConfig

    @cached_property
    def tokenizer(self) -> WordPieceTokenizer:
        texts = (example.text for example in self.examples)
        return WordPieceTokenizer(
            learn_wordpiece(texts, vocabulary_size=self.config.vocabulary_size)
        )

    @cached_property
    def labels(self) -> LabelVocabulary:
        return LabelVocabulary.from_examples(self.examples)

    @cached_property
    def encoded(self) -> EncodedTexts:
        return self._encode(self.examples)

    @cached_property
    def sample(self) -> EncodedTexts:
        draw = random.Random(self.config.seed)
        return self._encode(draw.sample(self.examples, self.sample_size))

    def _encode(self, examples):
        return encode_examples(
            examples,
            tokenizer=self.tokenizer,
            max_length=self.config.max_length,
            labels=self.labels,
        )

    def describe(self) -> dict:
        """Returns what one must know of the texts to compare results, ready for JSON."""
        median, most = np.percentile(self.encoded.full_lengths, (50, 95))
        return {
            "name": self.name,
            "texts": len(self.examples),
            "trained_on": self.sample_size,
            "classes": len(self.labels),
            "vocabulary": len(self.tokenizer.vocabulary),
            "tokens_median": float(median),
            "tokens_p95": float(most),
            "cut_at": self.config.max_length,
            "share_cut": self.encoded.cut / len(self.examples),
        }


def load_texts(config: RunConfig, sample_size: int, *, whole: bool = False) -> BenchmarkTexts:
    """Reads the texts that the settings name.

    Args:
        config: `RunConfig`. Without `train_file` the docstring corpus is taken.
        sample_size: int, at least 2. Texts to train on.
        whole: bool. Docstrings from end to end, as long as reviews, not their first sentences.

    Returns:
        `BenchmarkTexts`.

    Raises:
        ValueError: the file has a fault, or there are fewer texts than `sample_size`.
        FileNotFoundError: there is no such file.
    """
    if config.train_file is None and whole:
        name, examples = "docstrings", docstring_corpus().train
    elif config.train_file is None:
        name = f"docstrings, the first sentences up to {_CHARACTERS} characters"
        examples = [
            replace(each, text=first_sentences(each.text)) for each in docstring_corpus().train
        ]
    else:
        name = config.train_file
        columns = {"text_column": config.text_column, "label_column": config.label_column}
        examples = list(read_examples(name, **columns))
    if not 2 <= sample_size <= len(examples):
        raise ValueError(
            f"`texts` must be from 2 to the {len(examples)} texts there are. "
            f"Received: texts={sample_size}"
        )
    return BenchmarkTexts(name, examples, sample_size, config)


def first_sentences(text: str, characters: int = _CHARACTERS) -> str:
    """Returns as many whole sentences as it takes to have some characters, or all there are.

    Example:
        >>> first_sentences("Adds one. To x. And more.", characters=12)
        'Adds one. To x.'
    """
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        kept = f"{kept} {sentence}".strip()
        if len(kept) >= characters:
            break
    return kept
