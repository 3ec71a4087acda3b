"""One training run from settings to report: the file that joins data, text, models and training."""

import dataclasses
import logging
import pathlib
import shutil
import tempfile
import weakref

import keras

from keras_pe.classifier import TextClassifier
from keras_pe.config import DataConfig, RunConfig, SettingsRead, TextConfig, TrainingConfig
from keras_pe.data.batches import TrainingBatches, evaluation_batches
from keras_pe.data.fingerprint import fingerprint
from keras_pe.data.length_groups import padded_lengths
from keras_pe.description import describe
from keras_pe.evaluation.confusion_plot import write_confusion_plot
from keras_pe.evaluation.metrics import classification_metrics
from keras_pe.evaluation.report import write_report
from keras_pe.models import build_classifier, resolve_defaults
from keras_pe.prepared_data import PreparedData
from keras_pe.run_folder import RunFolder
from keras_pe.training.checkpoints import Checkpoints
from keras_pe.training.class_weights import class_weights
from keras_pe.training.device import describe_device
from keras_pe.training.epoch_records import EpochRecords
from keras_pe.training.fit import compile_for_training, fit
from keras_pe.training.precision import building_in

logger = logging.getLogger(__name__)


class Experiment:
    """A training run that is set up but not started: data read, model built, every setting checked.

    Nothing is written until `run`.

    Args:
        config: `RunConfig`. For a resumed run, that of its folder.
        run_dir: Folder of the run.
        resume: bool. Go on with the run in that folder.
        verbose: 1 for progress bars on standard error, 0 for silence.

    Raises:
        ValueError: If a setting is wrong, has no effect, or the folder holds another run.
        FileNotFoundError: If a data file does not exist, or there is no run to resume.
    """

    def __init__(self, config: RunConfig, run_dir, *, resume=False, verbose=1):
        self.folder = RunFolder(run_dir)
        self._resume = resume
        self._verbose = verbose
        if resume:
            self.folder.load_config()
        else:
            self.folder.refuse_if_taken()
        keras.utils.set_random_seed(config.seed)
        settings = SettingsRead(config)
        ids_folder = self._scratch_folder() if settings.keep_ids == "disk" else None
        self.data = PreparedData.load(
            settings,
            tokenizer=self.folder.load_tokenizer() if resume else None,
            labels=self.folder.load_labels() if resume else None,
            ids_folder=ids_folder,
            progress=bool(verbose),
        )
        # A run that is gone on with has its labels already.
        settings.refuse_unread(DataConfig, because="the data given", but_for=("label_names_file",))
        if not resume:
            settings.refuse_unread(TextConfig, because=f"tokenizer={config.tokenizer!r}")
        self.config = resolve_defaults(
            dataclasses.replace(
                config,
                vocabulary_size=len(self.data.tokenizer.vocabulary),
                num_classes=len(self.data.labels),
            )
        )
        self._class_weights = self._weights(settings)
        self._set_up_training(settings)
        because = f"optimizer={config.optimizer!r} and loss={config.loss!r}"
        settings.refuse_unread(TrainingConfig, because=because)

    def _set_up_training(self, settings):
        jit_compile = settings.jit_compile
        lengths = padded_lengths(self.data.train, jit_compile=jit_compile)
        self._batches = TrainingBatches(
            self.data.train, batch_size=settings.batch_size, lengths=lengths, seed=settings.seed
        )
        self._validation, _ = evaluation_batches(
            self.data.validation,
            batch_size=settings.batch_size,
            lengths=padded_lengths(self.data.validation, jit_compile=jit_compile),
        )
        with building_in(settings.precision):
            self.model = build_classifier(self.config)
        compile_for_training(self.model, settings, self._batches.steps_per_epoch)
        self._patience = settings.early_stopping_patience
        self._best_by = settings.best_by

    def _weights(self, settings):
        wanted = settings.class_weights
        if self._resume:
            return self.folder.load_class_weights()
        return class_weights(wanted, self.data.train.labels, self.data.labels.names)

    def _scratch_folder(self):
        """Returns a folder that lives as long as this object, on the disk that the run is on."""
        parent = self.folder.path.absolute().parent
        parent.mkdir(parents=True, exist_ok=True)
        scratch = pathlib.Path(tempfile.mkdtemp(prefix=".token_ids-", dir=parent))
        weakref.finalize(self, shutil.rmtree, scratch, ignore_errors=True)
        return scratch

    @property
    def description(self) -> str:
        """The data, the model and the training, a line each."""
        return describe(
            self.data,
            self.config,
            self.model,
            self._batches.steps_per_epoch,
            class_weights=self._class_weights,
        )

    def run(self, callbacks=()) -> dict:
        """Trains, then reports what the best epoch is worth.

        Args:
            callbacks: More Keras callbacks.

        Returns:
            dict from `validation`, and `test` if there is one, to metrics.
        """
        facts = fingerprint(self.data.splits)
        if self._resume:
            self.folder.refuse_other_data(facts)
        else:
            self.folder.create(
                self.config, self.data.tokenizer, self.data.labels, facts, self._class_weights
            )
        logger.info("Training on %s", describe_device())
        records = EpochRecords(self.folder.path / "metrics.jsonl", by=self._best_by)
        fit(
            self.model,
            self._batches,
            self._validation,
            Checkpoints(self.folder.path, records, self._patience),
            epochs=self.config.epochs,
            seed=self.config.seed,
            class_weights=self._class_weights,
            callbacks=callbacks,
            verbose=self._verbose,
        )
        return self._report(records.best_epoch)

    def _report(self, best_epoch) -> dict:
        classifier = TextClassifier.load(self.folder.path)
        parts = {"validation": self.data.validation, "test": self.data.test}
        results = {
            name: evaluate(classifier, encoded, self.config.batch_size)
            for name, encoded in parts.items()
            if encoded is not None
        }
        final = "test" if self.data.test else "validation"
        facts = {"split": final, "best_epoch": best_epoch, "parameters": self.model.count_params()}
        validation = {"validation_accuracy": results["validation"]["accuracy"]}
        write_evaluation(results[final] | facts | validation, self.folder.path)
        return results


def evaluate(classifier, encoded, batch_size, verbose=0) -> dict:
    """Returns the metrics of a classifier on encoded, labelled texts."""
    scores = classifier.scores(encoded, batch_size=batch_size, verbose=verbose)
    return classification_metrics(
        encoded.labels, scores.argmax(axis=1), classifier.label_names, probabilities=scores
    )


def write_evaluation(metrics, folder):
    """Writes metrics as JSON and Markdown, and as a picture where matplotlib is installed."""
    write_report(metrics, folder)
    try:
        path = pathlib.Path(folder) / "confusion.png"
        write_confusion_plot(metrics["confusion_matrix"], metrics["label_names"], path)
    except ImportError as error:
        logger.warning("No confusion.png: %s", error)
