"""What is wrong with labelled text, found before it costs a training run."""

from keras_pe.data.checks.conflicting_labels import conflicting_labels
from keras_pe.data.checks.empty_texts import empty_texts
from keras_pe.data.checks.encoding import encoding_trouble
from keras_pe.data.checks.finding import Finding
from keras_pe.data.checks.group_leaks import group_leaks
from keras_pe.data.checks.imbalance import imbalance
from keras_pe.data.checks.leaks import leaks
from keras_pe.data.checks.markup import markup
from keras_pe.data.checks.missing_classes import missing_classes
from keras_pe.data.checks.near_leaks import near_leaks
from keras_pe.data.checks.parts import Parts
from keras_pe.data.checks.repeats import repeats
from keras_pe.data.checks.spread import spread
from keras_pe.data.splits import Splits

_QUICK = (leaks, conflicting_labels, empty_texts)
_FURTHER = (repeats, encoding_trouble, markup)

QUICK_CHECKS = {
    "single_label": (*_QUICK, missing_classes),
    "multi_label": (*_QUICK, missing_classes),
    "regression": _QUICK,
}
FURTHER_CHECKS = {
    "single_label": (*_FURTHER, imbalance),
    "multi_label": (*_FURTHER, imbalance),
    "regression": (*_FURTHER, spread),
}


def quick_findings(splits: Splits, problem_type: str = "single_label") -> list[Finding]:
    """Runs the checks that cost a few seconds: what every training run should know.

    Args:
        splits: `Splits`.
        problem_type: str. What the labels are: a key of `QUICK_CHECKS`.

    Returns:
        List of `Finding`.

    Example:
        >>> from keras_pe.data.example import Example
        >>> row = Example("Rain at last.", "wet", "weather.csv", 2)
        >>> [finding.check for finding in quick_findings(Splits([row], [], [row])) if finding.found]
        ['leaks between parts']
    """
    return _quick(Parts(splits), problem_type)


def all_findings(
    splits: Splits, problem_type: str = "single_label", *, progress: bool = False
) -> list[Finding]:
    """Runs all checks.

    Args:
        splits: `Splits`.
        problem_type: str. What the labels are: a key of `FURTHER_CHECKS`.
        progress: bool. Whether to show a bar on standard error for the slow one.

    Returns:
        List of `Finding`.
    """
    parts = Parts(splits)
    quick = _quick(parts, problem_type)
    near = near_leaks(parts, progress=progress)
    further = [check(parts) for check in FURTHER_CHECKS[problem_type]]
    return [quick[0], near, *quick[1:], *further]


def _quick(parts: Parts, problem_type: str) -> list[Finding]:
    first, *others = QUICK_CHECKS[problem_type]
    checks = (first, group_leaks, *others) if parts.are_grouped else QUICK_CHECKS[problem_type]
    return [check(parts) for check in checks]
