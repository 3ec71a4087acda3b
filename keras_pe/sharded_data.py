"""A corpus that `prepare` has written, ready to train on while it stays on disk."""

import dataclasses
import pathlib

from keras_pe.config import RunConfig
from keras_pe.config.text_length import pair_windows, read_length, trained_length
from keras_pe.data.checks import Finding
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.shards.manifest import Manifest
from keras_pe.data.shards.sharded_texts import ShardedTexts
from keras_pe.data.shards.streamed_batches import StreamedBatches, streamed_evaluation_batches
from keras_pe.data.target_scale import TargetScale
from keras_pe.data.targets import TARGETS
from keras_pe.files.remote_path import refuse_remote
from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.tokenizers import load_tokenizer

# How the texts were read, which whoever reads more of them must know: `evaluate`, and model cards.
_DECIDED = (
    "problem_type", "format", "text_column", "second_text_column", "test_text_column",
    "label_column", "label_separator", "weight_column", "group_column", "text_separator",
    "encoding",
)  # fmt: skip


def as_prepared(config: RunConfig) -> RunConfig:
    """Returns the settings of a run with those that its `prepared_dir` has decided, if it has one.

    Args:
        config: `RunConfig`.

    Raises:
        ValueError: If such a setting was set to something else, or the folder is not as its
            manifest says.
        FileNotFoundError: If the folder holds no finished corpus.
    """
    if config.prepared_dir is None:
        return config
    refuse_remote(prepared_dir=config.prepared_dir)
    manifest = Manifest.load(config.prepared_dir)
    decided = {name: manifest.setting(name, getattr(RunConfig, name)) for name in _DECIDED}
    for name, value in decided.items():
        if getattr(config, name) not in (value, getattr(RunConfig, name)):
            raise ValueError(
                f"`{name}` must be what {config.prepared_dir} was prepared with, {value!r}. "
                f"Received: {name}={getattr(config, name)!r}. Leave it out."
            )
    return dataclasses.replace(config, **decided)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ShardedData:
    """Holds what `PreparedData` holds, but for the texts, which are streamed from their shards.

    Args:
        fingerprint: str. JSON text that is the same only for the same shards.
        labels: `LabelVocabulary`, `LabelSets` or `TargetScale`.
        tokenizer: `Tokenizer`.
        train: `ShardedTexts`.
        validation: `ShardedTexts`.
        test: `ShardedTexts`, or None.
        findings: list of `Finding`, of the checks when it was prepared.
        shuffle_buffer: int. Texts in memory at a time.
    """

    fingerprint: str
    labels: LabelVocabulary | TargetScale
    tokenizer: Tokenizer
    train: ShardedTexts
    validation: ShardedTexts
    test: ShardedTexts | None
    findings: list[Finding]
    shuffle_buffer: int

    @classmethod
    def load(cls, settings, *, resume=False) -> "ShardedData":
        """Opens the folder that the settings name.

        Args:
            settings: `RunConfig` that `as_prepared` returned.
            resume: bool. Whether the settings are those of a run that goes on, which know how many
                entries the tokenizer has.

        Returns:
            `ShardedData`.

        Raises:
            ValueError: If the folder is not as its manifest says, or has no text to train or to
                validate on.
            FileNotFoundError: If the folder holds no finished corpus.
        """
        refuse_remote(prepared_dir=settings.prepared_dir)
        folder = pathlib.Path(settings.prepared_dir)
        if not resume:
            _refuse_vocabulary_size(settings)
        manifest = Manifest.load(folder)
        for name in _DECIDED:
            getattr(settings, name)
        labels = TARGETS[settings.problem_type].numbering.load(folder / "labels.json")
        tokenizer = load_tokenizer(folder / "tokenizer")
        tokenizer = tokenizer.truncating(settings.truncation, **pair_windows(settings))
        length, lengths = trained_length(settings), {"test": read_length(settings)}
        texts = {
            name: ShardedTexts(
                folder,
                part,
                tokenizer=tokenizer,
                max_length=lengths.get(name, length),
                format=manifest.record_format(name, labels.names),
            )
            for name, part in manifest.parts.items()
            if part.rows
        }
        for name in ("train", "validation"):
            if name not in texts:
                raise ValueError(f"{folder}: there must be {name} texts. Received: none.")
        return cls(
            fingerprint=manifest.fingerprint,
            labels=labels,
            tokenizer=tokenizer,
            train=texts["train"],
            validation=texts["validation"],
            test=texts.get("test"),
            findings=manifest.findings,
            shuffle_buffer=settings.shuffle_buffer,
        )

    def training_batches(self, settings, *, lengths, text_weights=None) -> StreamedBatches:
        """Returns the batches to train on.

        Args:
            settings: `RunConfig`.
            lengths: What rows may be padded to, in tokens.
            text_weights: `TextWeights`, or None.
        """
        return StreamedBatches(
            self.train,
            batch_size=settings.batch_size,
            lengths=lengths,
            seed=settings.seed,
            shuffle_buffer=self.shuffle_buffer,
            text_weights=text_weights,
        )

    def validation_batches(self, *, batch_size, lengths):
        """Returns the `tf.data.Dataset` to validate on."""
        return streamed_evaluation_batches(
            self.validation, batch_size=batch_size, lengths=lengths, window=self.shuffle_buffer
        )


def _refuse_vocabulary_size(settings):
    size = settings.vocabulary_size
    if size != RunConfig.vocabulary_size:
        raise ValueError(
            "`vocabulary_size` has no effect with `prepared_dir`, which has a tokenizer. "
            f"Received: vocabulary_size={size}. Leave it out, or prepare the texts with it."
        )
