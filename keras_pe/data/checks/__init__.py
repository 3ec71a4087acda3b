"""What is wrong with labelled text, found before it costs a training run."""

from keras_pe.data.checks.conflicting_labels import conflicting_labels
from keras_pe.data.checks.empty_texts import empty_texts
from keras_pe.data.checks.encoding import encoding_trouble
from keras_pe.data.checks.finding import Finding
from keras_pe.data.checks.imbalance import imbalance
from keras_pe.data.checks.leaks import leaks
from keras_pe.data.checks.markup import markup
from keras_pe.data.checks.missing_classes import missing_classes
from keras_pe.data.checks.near_leaks import near_leaks
from keras_pe.data.checks.parts import Parts
from keras_pe.data.checks.repeats import repeats
from keras_pe.data.splits import Splits

QUICK_CHECKS = (leaks, conflicting_labels, empty_texts, missing_classes)
FURTHER_CHECKS = (repeats, encoding_trouble, markup, imbalance)


def quick_findings(splits: Splits) -> list[Finding]:
    """Runs the checks that cost a few seconds: what every training run should know.

    Args:
        splits: `Splits`.

    Returns:
        List of `Finding`.

    Example:
        >>> from keras_pe.data.example import Example
        >>> row = Example("Rain at last.", "wet", "weather.csv", 2)
        >>> [finding.check for finding in quick_findings(Splits([row], [], [row])) if finding.found]
        ['leaks between parts']
    """
    parts = Parts(splits)
    return [check(parts) for check in QUICK_CHECKS]


def all_findings(splits: Splits, *, progress: bool = False) -> list[Finding]:
    """Runs all checks.

    Args:
        splits: `Splits`.
        progress: bool. Whether to show a bar on standard error for the slow one.

    Returns:
        List of `Finding`.
    """
    parts = Parts(splits)
    quick = [check(parts) for check in QUICK_CHECKS]
    near = near_leaks(parts, progress=progress)
    return [quick[0], near, *quick[1:], *(check(parts) for check in FURTHER_CHECKS)]
