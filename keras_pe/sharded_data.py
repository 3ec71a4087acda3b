"""A corpus that `prepare` has written, ready to train on while it stays on disk."""

import dataclasses
import pathlib

from keras_pe.config import RunConfig
from keras_pe.config.text_length import read_length, trained_length
from keras_pe.data.checks import Finding
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.shards.manifest import Manifest
from keras_pe.data.shards.sharded_texts import ShardedTexts
from keras_pe.data.shards.streamed_batches import StreamedBatches, streamed_evaluation_batches
from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.tokenizers import load_tokenizer
from keras_pe.training.class_weights import weights_of_counts


@dataclasses.dataclass(frozen=True, kw_only=True)
class ShardedData:
    """Holds what `PreparedData` holds, but for the texts, which are streamed from their shards.

    Args:
        fingerprint: str. JSON text that is the same only for the same shards.
        labels: `LabelVocabulary`.
        tokenizer: `Tokenizer`.
        train: `ShardedTexts`.
        validation: `ShardedTexts`.
        test: `ShardedTexts`, or None.
        findings: list of `Finding`, of the checks when it was prepared.
        shuffle_buffer: int. Texts in memory at a time.
    """

    fingerprint: str
    labels: LabelVocabulary
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
            settings: `RunConfig`.
            resume: bool. Whether the settings are those of a run that goes on, which know how many
                entries the tokenizer has.

        Returns:
            `ShardedData`.

        Raises:
            ValueError: If the folder is not as its manifest says, or has no text to train or to
                validate on.
            FileNotFoundError: If the folder holds no finished corpus.
        """
        folder = pathlib.Path(settings.prepared_dir)
        if not resume:
            _refuse_vocabulary_size(settings)
        if settings.problem_type != "single_label":
            raise ValueError(
                "`problem_type` must be single_label with `prepared_dir`, which holds one label of "
                f"each text. Received: problem_type={settings.problem_type!r}."
            )
        manifest = Manifest.load(folder)
        tokenizer = load_tokenizer(folder / "tokenizer").truncating(settings.truncation)
        length, lengths = trained_length(settings), {"test": read_length(settings)}
        texts = {
            name: ShardedTexts(
                folder,
                part,
                tokenizer=tokenizer,
                max_length=lengths.get(name, length),
            )
            for name, part in manifest.parts.items()
            if part.rows
        }
        for name in ("train", "validation"):
            if name not in texts:
                raise ValueError(f"{folder}: there must be {name} texts. Received: none.")
        return cls(
            fingerprint=manifest.fingerprint,
            labels=LabelVocabulary.load(folder / "labels.json"),
            tokenizer=tokenizer,
            train=texts["train"],
            validation=texts["validation"],
            test=texts.get("test"),
            findings=manifest.findings,
            shuffle_buffer=settings.shuffle_buffer,
        )

    @property
    def described_labels(self) -> str:
        """The labels of the training texts, in one line."""
        return self.labels.describe_counts(self.train.class_counts(len(self.labels)))

    @property
    def row_weights(self) -> list[float]:
        """What the training rows say that they count: nothing."""
        return []

    def class_weights(self, wanted, *, objective):
        """Returns the class weights [C] that a setting asks for, or None.

        Args:
            wanted: str. The setting.
            objective: `Objective` of the problem.
        """
        names = self.labels.names
        return weights_of_counts(wanted, self.train.class_counts(len(names)), names)

    def training_batches(
        self, settings, *, lengths, objective, class_weights=None
    ) -> StreamedBatches:
        """Returns the batches to train on.

        Args:
            settings: `RunConfig`.
            lengths: What rows may be padded to, in tokens.
            objective: `Objective` of the problem.
            class_weights: [C] float, or None.
        """
        return StreamedBatches(
            self.train,
            batch_size=settings.batch_size,
            lengths=lengths,
            seed=settings.seed,
            shuffle_buffer=self.shuffle_buffer,
            class_weights=class_weights,
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
