"""What the checks found in each bucket, told of the whole corpus."""

from collections.abc import Iterable, Mapping, Sequence

from keras_pe.data.checks import missing_classes
from keras_pe.data.checks.finding import Finding
from keras_pe.data.checks.group_leaks import GROUP_LEAKS
from keras_pe.data.checks.parts import Parts
from keras_pe.data.example import Example
from keras_pe.data.shards.part import Part
from keras_pe.data.splits import Splits

_SHOWN = 5


def merged_findings(
    buckets: Iterable[Sequence[Mapping]],
    parts: Mapping[str, Part],
    labels: Sequence[str],
    of_groups: Sequence[Finding] = (),
) -> list[Finding]:
    """Adds up findings; equal texts are in one bucket, so nothing is missed between two.

    What buckets know of groups, whose rows are in all of them, is not looked at.

    Args:
        buckets: iterable of the findings of each bucket, as dicts.
        parts: mapping from the names of the parts to `Part`.
        labels: sequence of str. The classes.
        of_groups: sequence of `Finding`. What was found of groups, in the whole corpus.

    Returns:
        List of `Finding`.
    """
    merged: dict[str, Finding] = {}
    for findings in buckets:
        for values in findings:
            finding = Finding(**values)
            before = merged.get(finding.check)
            merged[finding.check] = _sum(before, finding) if before else finding
    merged.pop(GROUP_LEAKS, None)
    first, *others = [
        _missing_classes(parts, labels) if check == "missing classes" else _told(finding)
        for check, finding in merged.items()
    ]
    return [first, *of_groups, *others]


def _sum(one: Finding, other: Finding) -> Finding:
    numbers = {}
    for name in {**one.numbers, **other.numbers}:
        values = [each.numbers.get(name, 0) for each in (one, other)]
        numbers[name] = sum(v for v in values if isinstance(v, int | float))
    return Finding(
        check=one.check,
        found=one.found or other.found,
        sentence=one.sentence if one.found or not other.found else other.sentence,
        numbers=numbers,
        examples=[*one.examples, *other.examples][:_SHOWN],
    )


def _told(finding: Finding) -> Finding:
    if not finding.found:
        return finding
    counts = ", ".join(f"{value:,} {name}" for name, value in finding.numbers.items() if value)
    sentence = f"{finding.check}: {counts}, such as {finding.examples[0]}"
    return Finding(
        check=finding.check,
        found=True,
        sentence=sentence,
        numbers=finding.numbers,
        examples=finding.examples,
    )


def _missing_classes(parts: Mapping[str, Part], labels: Sequence[str]) -> Finding:
    one_each = (
        _one_each(parts.get(name, Part()), labels) for name in ("train", "validation", "test")
    )
    return missing_classes(Parts(Splits(*one_each)))


def _one_each(part: Part, labels: Sequence[str]) -> list[Example]:
    """Returns an example of each label that a part has, and of none if there are such."""
    sets = [(labels[number],) for number in part.targets.classes]
    return [Example("", own, "", 1) for own in [*sets, *[()] * bool(part.targets.unlabelled)]]
