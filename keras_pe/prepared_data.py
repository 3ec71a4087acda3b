"""Labelled text, ready to train on: split, labelled, tokenised."""

import dataclasses

from keras_pe.config.text_length import read_length, trained_length
from keras_pe.data.checks import Finding, quick_findings
from keras_pe.data.encoded import EncodedTexts, encode_examples
from keras_pe.data.label_names import listed_labels
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.load import load_splits
from keras_pe.data.splits import Splits
from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.tokenizers import TOKENIZERS


@dataclasses.dataclass(frozen=True, kw_only=True)
class PreparedData:
    """Holds the parts of a corpus as examples and as token ids, and what turned one into the other.

    Args:
        splits: `Splits`.
        labels: `LabelVocabulary`, of the training part or of `label_names_file`.
        tokenizer: `Tokenizer`, learned from the training part.
        train: `EncodedTexts`.
        validation: `EncodedTexts`.
        test: `EncodedTexts`, or None.
        findings: list of `Finding`, of the quick checks.
    """

    splits: Splits
    labels: LabelVocabulary
    tokenizer: Tokenizer
    train: EncodedTexts
    validation: EncodedTexts
    test: EncodedTexts | None
    findings: list[Finding] = dataclasses.field(default_factory=list)

    @classmethod
    def load(
        cls, settings, *, tokenizer=None, labels=None, ids_folder=None, progress=False
    ) -> "PreparedData":
        """Reads, splits and tokenises what the settings name.

        Args:
            settings: `RunConfig`.
            tokenizer: `Tokenizer` of the run to go on with; None learns one.
            labels: `LabelVocabulary` of the run to go on with; None collects or reads them.
            ids_folder: Folder for token ids on disk; None keeps them in memory.
            progress: bool. Show progress on standard error.

        Returns:
            `PreparedData`.
        """
        # A wrong length should not cost the reading of the data.
        length, lengths = trained_length(settings), {"test": read_length(settings)}
        splits = load_splits(settings)
        labels = _labels(settings, splits.train) if labels is None else labels
        # Before the slow part: an unknown label should not cost a minute.
        parts = {"train": splits.train, "validation": splits.validation, "test": splits.test}
        for part in parts.values():
            labels.encode(part)
        findings = quick_findings(splits)
        # Read even where the tokenizer is there already: it was made with this setting.
        _ = settings.lowercase
        tokenizer = tokenizer or learn_tokenizer(splits.train, settings)
        tokenizer = tokenizer.truncating(settings.truncation)
        encoded = {
            name: encode_examples(
                part,
                tokenizer=tokenizer,
                max_length=lengths.get(name, length),
                labels=labels,
                folder=ids_folder and ids_folder / name,
                progress=progress,
            )
            for name, part in parts.items()
            if part
        }
        encoded.setdefault("test", None)
        return cls(splits=splits, labels=labels, tokenizer=tokenizer, findings=findings, **encoded)


def _labels(settings, examples) -> LabelVocabulary:
    path = settings.label_names_file
    return listed_labels(path, examples) if path else LabelVocabulary.from_examples(examples)


def learn_tokenizer(examples, settings) -> Tokenizer:
    """Returns the tokenizer that a run learns from its training examples."""
    texts = (example.text for example in examples)
    kind = TOKENIZERS["wordpiece"]
    return kind.learn(texts, **{name: getattr(settings, name) for name in kind.learning_settings})
