"""Labelled text, ready to train on: split, labelled, tokenised."""

import dataclasses

from keras_pe.config import ModelConfig
from keras_pe.config.text_length import pair_windows, read_length, trained_length
from keras_pe.data.batches import TrainingBatches, evaluation_batches
from keras_pe.data.checks import Finding, quick_findings
from keras_pe.data.encode_examples import encode_examples
from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.fingerprint import fingerprint
from keras_pe.data.label_names import listed_labels
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.load import load_splits
from keras_pe.data.splits import Splits
from keras_pe.data.target_scale import TargetScale
from keras_pe.data.targets import TARGETS
from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.tokenizers import TOKENIZERS


@dataclasses.dataclass(frozen=True, kw_only=True)
class PreparedData:
    """Holds the parts of a corpus as examples and as token ids, and what turned one into the other.

    Args:
        splits: `Splits`.
        labels: `LabelVocabulary` or `LabelSets`, of the training part or of `label_names_file`; of
            a regression, the `TargetScale` of the training part.
        tokenizer: `Tokenizer`, learned from the training part.
        train: `EncodedTexts`.
        validation: `EncodedTexts`.
        test: `EncodedTexts`, or None.
        findings: list of `Finding`, of the quick checks.
    """

    splits: Splits
    labels: LabelVocabulary | TargetScale
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
            settings: `RunConfig`, whose `text_pairs` is set if there is a `second_text_column`.
            tokenizer: `Tokenizer` of the run to go on with; None learns one.
            labels: those of the run to go on with; None collects or reads them.
            ids_folder: Folder for token ids on disk; None keeps them in memory.
            progress: bool. Show progress on standard error.

        Returns:
            `PreparedData`.
        """
        # A wrong length should not cost the reading of the data.
        length, lengths = trained_length(settings), {"test": read_length(settings)}
        splits = load_splits(settings)
        labels = number_labels(settings, splits.train) if labels is None else labels
        # Before the slow part: an unknown label should not cost a minute.
        parts = {"train": splits.train, "validation": splits.validation, "test": splits.test}
        for part in parts.values():
            labels.encode(part)
        findings = quick_findings(splits, settings.problem_type)
        tokenizer = tokenizer or learn_tokenizer(splits.train, settings)
        tokenizer = tokenizer.truncating(settings.truncation, **pair_windows(settings))
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

    @property
    def fingerprint(self) -> str:
        """JSON text that is the same only for the same examples."""
        return fingerprint(self.splits)

    def training_batches(self, settings, *, lengths, text_weights=None) -> TrainingBatches:
        """Returns the batches to train on.

        Args:
            settings: `RunConfig`.
            lengths: What rows may be padded to, in tokens.
            text_weights: `TextWeights`, or None.
        """
        train = self.train
        return TrainingBatches(
            train,
            batch_size=settings.batch_size,
            lengths=lengths,
            seed=settings.seed,
            weights=None if text_weights is None else text_weights(train.weights, train.labels),
        )

    def validation_batches(self, *, batch_size, lengths):
        """Returns the `tf.data.Dataset` to validate on."""
        batches, _ = evaluation_batches(self.validation, batch_size=batch_size, lengths=lengths)
        return batches


def number_labels(settings, examples) -> LabelVocabulary | TargetScale:
    """Returns what numbers the labels of a corpus.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig` and `problem_type`.
        examples: sequence of `Example`. Those to learn from.

    Raises:
        As the numbering of labels raises, and `listed_labels` where there is a `label_names_file`.
    """
    examples = list(examples)
    target = TARGETS[settings.problem_type]
    if target.has_names and settings.label_names_file:
        return listed_labels(settings.label_names_file, examples, kind=target.numbering)
    return target.numbering.from_examples(examples)


def learn_tokenizer(examples, settings) -> Tokenizer:
    """Returns the tokenizer that a run learns from its training examples, or reads from a file.

    Args:
        examples: iterable of `Example`.
        settings: `RunConfig`, or a config that has the fields of `TextConfig` and
            `vocabulary_size`.

    Raises:
        FileNotFoundError: `vocabulary_file` does not exist.
        ValueError: it holds no such vocabulary, there is nothing to learn, or a setting has no
            effect.
    """
    kind = TOKENIZERS[settings.tokenizer]
    prepared = {
        "lowercase": settings.lowercase,
        "unicode_normalization": settings.unicode_normalization,
        "clean": settings.clean,
    }
    file, size = settings.vocabulary_file, settings.vocabulary_size
    _refuse_without_effect(kind, file, size)
    if file:
        return kind.from_file(file, **prepared)
    texts = (text for example in examples for text in example.texts)
    return kind.learn(texts, vocabulary_size=size, **prepared)


def _refuse_without_effect(kind, file, size):
    if file and not kind.learns:
        raise ValueError(
            f"`vocabulary_file` has no effect with tokenizer={kind.kind!r}, whose entries are "
            f"fixed. Received: vocabulary_file={file!r}. Leave it out."
        )
    if (file or not kind.learns) and size != ModelConfig.vocabulary_size:
        fixed = "vocabulary_file" if file else f"tokenizer={kind.kind!r}"
        raise ValueError(
            f"`vocabulary_size` has no effect with {fixed}, which says what entries there are. "
            f"Received: vocabulary_size={size}. Leave it out."
        )
