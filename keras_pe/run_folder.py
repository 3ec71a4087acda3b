"""The folder of one run: settings, tokenizer, labels, scores, weights."""

import json
import pathlib

import numpy as np

from keras_pe.config import RunConfig
from keras_pe.data.targets import TARGETS
from keras_pe.files.atomic_file import atomic_file
from keras_pe.files.new_folder import new_folder
from keras_pe.files.remote_path import refuse_remote
from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.tokenizers import load_tokenizer
from keras_pe.training.class_weights import load_class_weights, save_class_weights
from keras_pe.training.thresholds import fixed_threshold


class RunFolder:
    """Everything that a training run leaves behind, in one folder, under fixed names.

    - `config.json`: the resolved settings
    - `tokenizer/`, `labels.json`: what turns text into numbers and numbers into labels; of a
      regression, mean and deviation of the training targets
    - `class_weights.json`: what the classes count in the training loss, where they do not alike
    - `data.json`: how many examples there were, and their fingerprint
    - `metrics.jsonl`: one line per epoch
    - `best.keras`, `last.weights.h5`: the model of the best epoch, and where to go on
    - `thresholds.json`: from which score on each label is given, where that was tuned
    - `report.json`, `report.md` and a picture: what the best model is worth

    Args:
        path: The folder.
    """

    def __init__(self, path):
        refuse_remote(run_dir=path)
        self.path = pathlib.Path(path)
        self.best_model = self.path / "best.keras"
        self._config = self.path / "config.json"
        self._tokenizer = self.path / "tokenizer"
        self._labels = self.path / "labels.json"
        self._class_weights = self.path / "class_weights.json"
        self._fingerprint = self.path / "data.json"
        self._thresholds = self.path / "thresholds.json"
        self._report = self.path / "report.json"

    def refuse_if_taken(self):
        """Raises `ValueError` if the folder holds anything: a run never overwrites."""
        if self._config.exists():
            raise ValueError(
                f"`run_dir` must not hold another run. Received: run_dir={str(self.path)!r}. "
                "Choose another folder, or go on with that run by --resume."
            )
        if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise ValueError(
                f"`run_dir` must be a new or an empty folder. Received: run_dir={str(self.path)!r}"
            )

    def create(self, config, tokenizer, labels, fingerprint, class_weights=None):
        """Writes what a run starts from; the folder is there complete, or not at all.

        Args:
            config: Resolved `RunConfig`.
            tokenizer: `Tokenizer`.
            labels: `LabelVocabulary`, `LabelSets` or `TargetScale`.
            fingerprint: str. JSON text that is the same only for the same data.
            class_weights: [C] float, or None.
        """
        self.refuse_if_taken()
        with new_folder(self.path) as building:
            start = RunFolder(building)
            tokenizer.save(start._tokenizer)
            labels.save(start._labels)
            start._fingerprint.write_text(fingerprint, encoding="utf-8")
            if class_weights is not None:
                save_class_weights(start._class_weights, class_weights, labels.names)
            config.save(start._config)

    def load_config(self) -> RunConfig:
        """Returns the settings of the run.

        Raises:
            FileNotFoundError: If the folder holds no run.
        """
        if not self._config.exists():
            raise FileNotFoundError(
                "`run_dir` must be the folder of a training run. "
                f"Received: run_dir={str(self.path)!r}, which has no config.json."
            )
        return RunConfig.load(self._config)

    def load_tokenizer(self) -> Tokenizer:
        """Returns the tokenizer of the run."""
        return load_tokenizer(self._tokenizer)

    def load_labels(self):
        """Returns the labels of the run, or the scale of its targets."""
        return TARGETS[self.load_config().problem_type].numbering.load(self._labels)

    def load_fingerprint(self) -> dict:
        """Returns how many examples each part had, and their fingerprint."""
        return json.loads(self._fingerprint.read_text(encoding="utf-8"))

    def load_report(self) -> dict | None:
        """Returns what the best epoch is worth, or None where the run has not come to that."""
        if not self._report.exists():
            return None
        return json.loads(self._report.read_text(encoding="utf-8"))

    def load_thresholds(self):
        """Returns from which score on each label is given, [C] float; None where that is no matter.

        Raises:
            FileNotFoundError: If they were to be tuned and the run has not come to that.
        """
        config = self.load_config()
        if config.threshold is None:
            return None
        names, fixed = self.load_labels().names, fixed_threshold(config.threshold)
        if fixed is not None:
            return np.full(len(names), fixed)
        if not self._thresholds.exists():
            raise FileNotFoundError(
                "`run_dir` must hold a finished run, whose thresholds are chosen. "
                f"Received: run_dir={str(self.path)!r}. Go on with it by train --resume."
            )
        by_label = json.loads(self._thresholds.read_text(encoding="utf-8"))
        return np.array([by_label[name] for name in names])

    def save_thresholds(self, thresholds):
        """Writes from which score on each label is given, in one step."""
        by_label = dict(zip(self.load_labels().names, thresholds.tolist(), strict=True))
        with atomic_file(self._thresholds) as temporary:
            text = json.dumps(by_label, ensure_ascii=False, indent=1)
            temporary.write_text(text + "\n", encoding="utf-8")

    def load_class_weights(self):
        """Returns the class weights of the run, [C] float, or None."""
        if not self._class_weights.exists():
            return None
        return load_class_weights(self._class_weights, self.load_labels().names)

    def refuse_other_data(self, fingerprint):
        """Raises `ValueError` if the run was started on other data than these."""
        if self._fingerprint.read_text(encoding="utf-8") != fingerprint:
            raise ValueError(
                "A run must see the data it was started on, but the examples have changed since. "
                f"Received: run_dir={str(self.path)!r}. Start a new run, or name other texts to "
                "evaluate by --test_file."
            )
