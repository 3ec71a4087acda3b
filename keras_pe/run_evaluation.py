"""What the model of a run is worth: measured, written down; thresholds chosen on validation."""

import logging
import pathlib

import numpy as np

from keras_pe.classifier import TextClassifier
from keras_pe.evaluation.evaluations import EVALUATIONS, evaluation_of
from keras_pe.evaluation.report import write_report
from keras_pe.training.thresholds import tuned_thresholds

# Texts of shards that are in memory, and scored, at a time.
_WINDOW = 2**14

logger = logging.getLogger(__name__)


def evaluate(classifier, encoded, labels, batch_size, verbose=0) -> dict:
    """Returns what a classifier is worth on encoded, labelled texts.

    Args:
        classifier: `TextClassifier`.
        encoded: `EncodedTexts` with labels, or `ShardedTexts`.
        labels: What numbered the labels of the run.
        batch_size: int.
        verbose: 1 for a progress bar.

    Returns:
        dict of metrics and their `problem_type`.
    """
    targets, scores = _scored(classifier, encoded, batch_size, verbose)
    measure = EVALUATIONS[classifier.problem_type].measure
    metrics = measure(targets, scores, labels, classifier.thresholds)
    return metrics | {"problem_type": classifier.problem_type}


def _scored(classifier, encoded, batch_size, verbose=0):
    """Returns what texts should and do give, both [N, ...], some of them in memory at a time."""
    targets, scores = [], []
    for window in encoded.windows(_WINDOW):
        targets.append(window.labels)
        scores.append(classifier.scores(window, batch_size=batch_size, verbose=verbose))
    return np.concatenate(targets), np.concatenate(scores)


def write_evaluation(metrics, folder):
    """Writes metrics as JSON and Markdown, and as a picture where matplotlib is installed."""
    write_report(metrics, folder)
    try:
        evaluation_of(metrics).draw(metrics, pathlib.Path(folder))
    except ImportError as error:
        logger.warning("No picture: %s", error)


def with_tuned_thresholds(folder, validation, batch_size):
    """Chooses from which score on each label is given, with the best epoch of a run, and keeps it.

    Args:
        folder: `RunFolder` with a finished epoch.
        validation: `EncodedTexts` or `ShardedTexts` of the validation part.
        batch_size: int.

    Returns:
        `TextClassifier` of that epoch, with these thresholds.
    """
    unknown = np.full(len(folder.load_labels()), np.nan)
    classifier = TextClassifier.load(folder.path, thresholds=unknown)
    targets, scores = _scored(classifier, validation, batch_size)
    thresholds = tuned_thresholds(targets, scores)
    folder.save_thresholds(thresholds)
    return classifier.with_thresholds(thresholds)
