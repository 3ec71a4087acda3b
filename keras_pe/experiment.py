"""One training run from settings to report: the file that joins data, text, models and training."""

import dataclasses
import logging
import pathlib
import shutil
import tempfile
import weakref

import keras

from keras_pe.classifier import TextClassifier
from keras_pe.config import (
    PROBLEM_DEFAULTS,
    DataConfig,
    RunConfig,
    SettingsRead,
    TextConfig,
    TrainingConfig,
    resolve_problem,
    with_facts,
    with_text_pairs,
)
from keras_pe.data.length_groups import padded_lengths
from keras_pe.description import describe
from keras_pe.evaluation.evaluations import evaluation_of
from keras_pe.models import build_classifier, resolve_defaults
from keras_pe.prepared_data import PreparedData
from keras_pe.run_evaluation import evaluate, with_tuned_thresholds, write_evaluation
from keras_pe.run_folder import RunFolder
from keras_pe.sharded_data import ShardedData, as_prepared
from keras_pe.start_from_vectors import start_from_vectors
from keras_pe.training.checkpoints import Checkpoints
from keras_pe.training.device import describe_device
from keras_pe.training.epoch_records import EpochRecords
from keras_pe.training.fit import compile_for_training, fit
from keras_pe.training.objectives import OBJECTIVES
from keras_pe.training.precision import building_in
from keras_pe.training.text_weights import TextWeights
from keras_pe.training.thresholds import fixed_threshold

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
        config = with_text_pairs(resolve_problem(as_prepared(config)))
        settings = SettingsRead(config)
        self._objective = OBJECTIVES[config.problem_type]
        self.data = self._load_data(settings)
        # A run that is gone on with has its labels already.
        read = ("label_names_file",) if resume else ()
        settings.refuse_unread(DataConfig, because="the data given", but_for=read)
        self.config = self._with_what_data_say(config)
        self._class_weights = self._weights(settings)
        self._tunes = self._has_thresholds and fixed_threshold(settings.threshold) is None
        self._set_up_training(settings)
        self._refuse_unread(settings, TrainingConfig, "problem_type", "optimizer", "loss")
        # Read when the tokenizer was learned and the first weights were drawn.
        if not resume:
            self._refuse_unread(settings, TextConfig, "prepared_dir", "tokenizer", "word_vectors")

    def _with_what_data_say(self, config):
        return resolve_defaults(
            dataclasses.replace(
                with_facts(config, self.data.labels.model_settings),
                vocabulary_size=len(self.data.tokenizer.vocabulary),
            )
        )

    def _refuse_unread(self, settings, part, *decisive):
        because = ", ".join(f"{name}={getattr(self.config, name)!r}" for name in decisive)
        settings.refuse_unread(part, because=because)

    def _load_data(self, settings):
        resume = self._resume
        if settings.prepared_dir:
            return ShardedData.load(settings, resume=resume)
        return PreparedData.load(
            settings,
            tokenizer=self.folder.load_tokenizer() if resume else None,
            labels=self.folder.load_labels() if resume else None,
            ids_folder=self._scratch_folder() if settings.keep_ids == "disk" else None,
            progress=bool(self._verbose),
        )

    def _set_up_training(self, settings):
        jit_compile = settings.jit_compile
        lengths = padded_lengths(self.data.train, jit_compile=jit_compile)
        train = self.data.train
        of_class = self._class_weights if self._objective.weighs_texts else None
        self._batches = self.data.training_batches(
            settings,
            lengths=lengths,
            text_weights=TextWeights.scaled(train.weight_sums, len(train), of_class),
        )
        self._validation = self.data.validation_batches(
            batch_size=settings.batch_size,
            lengths=padded_lengths(self.data.validation, jit_compile=jit_compile),
        )
        with building_in(settings.precision):
            self.model = build_classifier(self.config)
        self._word_vectors = start_from_vectors(self.model, self.data.tokenizer, settings)
        compile_for_training(
            self.model,
            settings,
            self._batches.steps_per_epoch,
            problem_type=self.config.problem_type,
            loss_data=self._objective.loss_data(self.data.labels, self._class_weights),
        )
        self._patience = settings.early_stopping_patience
        self._best_by = settings.best_by

    @property
    def _has_thresholds(self):
        return "threshold" in PROBLEM_DEFAULTS[self.config.problem_type]

    def _weights(self, settings):
        if self._objective.class_weights is None:
            return None
        wanted = settings.class_weights
        if self._resume:
            return self.folder.load_class_weights()
        counts, names = self.data.train.target_counts, self.data.labels.names
        return self._objective.class_weights(wanted, counts, names)

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
            word_vectors=self._word_vectors,
        )

    def run(self, callbacks=()) -> dict:
        """Trains, then reports what the best epoch is worth.

        Args:
            callbacks: More Keras callbacks.

        Returns:
            dict from `validation`, and `test` if there is one, to metrics.
        """
        facts = self.data.fingerprint
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
            callbacks=callbacks,
            verbose=self._verbose,
        )
        return self._report(records.best_epoch)

    def _best_classifier(self):
        if not self._tunes:
            return TextClassifier.load(self.folder.path)
        validation, batch_size = self.data.validation, self.config.batch_size
        return with_tuned_thresholds(self.folder, validation, batch_size)

    def _report(self, best_epoch) -> dict:
        classifier = self._best_classifier()
        parts = {"validation": self.data.validation, "test": self.data.test}
        results = {
            name: evaluate(classifier, encoded, self.data.labels, self.config.batch_size)
            for name, encoded in parts.items()
            if encoded is not None
        }
        final = "test" if self.data.test else "validation"
        facts = {"split": final, "best_epoch": best_epoch, "parameters": self.model.count_params()}
        evaluation = evaluation_of(results[final])
        headline = evaluation.headline_of(results["validation"])
        validation = {evaluation.headline: headline}
        write_evaluation(results[final] | facts | validation, self.folder.path)
        return results
