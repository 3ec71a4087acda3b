"""Decides from the spilled examples which labels there are and what is held out."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.targets import TARGETS
from keras_pe.data.unknown_labels import with_known_labels
from keras_pe.preparation.dropped_leaks import dropped_groups, drops_texts
from keras_pe.preparation.group_finding import group_finding
from keras_pe.preparation.group_rule import group_rule
from keras_pe.preparation.part_keys import PartKeys
from keras_pe.preparation.plan import Plan
from keras_pe.preparation.planned_targets import PLANNED_TARGETS
from keras_pe.preparation.source import Source
from keras_pe.preparation.spills import Spills
from keras_pe.preparation.split_rows import in_hash_order, split_rows
from keras_pe.preparation.training_keys import TrainingKeys


def settings_of_plan(settings, sources: Sequence[Source]) -> tuple[str, ...]:
    """Returns the names of the settings that `make_plan` reads for these sources."""
    parts = {source.part for source in sources}
    has_names = TARGETS[settings.problem_type].has_names
    used = ["seed", "problem_type", *(["label_names_file"] if has_names else [])]
    if "validation" not in parts:
        used.append("validation_fraction")
    if len(parts) > 1 and not any(source.is_divided for source in sources):
        used += ["on_leak", *(["unknown_labels"] if has_names else [])]
    return tuple(used)


def make_plan(
    settings, spills: Spills, names: dict[str, list[str]], num_buckets: int, folder: Path
):
    """Returns the plan of a corpus, with the same parts as `load_splits` would give it.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig` and `seed`.
        spills: `Spills`.
        names: dict from part to the names of the folders that `spills` reads.
        num_buckets: int.
        folder: Path. Where to put what is of use meanwhile.

    Returns:
        `Plan`, and what numbers the labels.

    Raises:
        ValueError: as `load_splits` and the numbering of labels raise.
    """
    if not spills.num_rows("train"):
        raise ValueError("There must be at least one training example. Received: none.")
    planned = PLANNED_TARGETS[settings.problem_type]
    given = [part for part in names if part != "train"]
    drop = bool(given) and drops_texts(spills, num_buckets, on_leak=settings.on_leak)
    keys = TrainingKeys(spills, num_buckets, drop_leaks=drop)
    grouped, dropped = settings.group_column is not None, ()
    if grouped and given:
        held_out = [PartKeys.given(spills, part, num_buckets) for part in given]
        dropped = dropped_groups(keys, held_out, spills, on_leak=settings.on_leak, folder=folder)
        keys = TrainingKeys(spills, num_buckets, drop_leaks=drop, dropped_groups=dropped)
    rule = None if "validation" in names else _rule(settings, planned, keys, folder)
    labels = planned.numbering(settings, keys, rule)
    for part in given:
        _check_labels(settings, labels, spills.firsts(part), part)
    findings = []
    if grouped:
        findings = [group_finding(keys, rule, given, spills, labels=labels.names, folder=folder)]
    plan = Plan(
        num_buckets=num_buckets,
        spills=names,
        labels=labels.names,
        problem_type=settings.problem_type,
        text_pairs=settings.second_text_column is not None,
        weighted=settings.weight_column is not None,
        drop_leaks=drop,
        rule=rule,
        dropped_groups=dropped,
        findings=findings,
    )
    return plan, labels


def training_examples(plan: Plan, spills: Spills, seed: int, *, most: int) -> Iterator[Example]:
    """Yields training examples, at most so many; they are drawn at random, since buckets are.

    Args:
        plan: `Plan`.
        spills: `Spills`.
        seed: int.
        most: int.
    """
    for bucket in range(plan.num_buckets):
        rows = {part: spills.rows(part, bucket) for part in plan.spills}
        examples = in_hash_order(split_rows(plan, rows, seed)["train"], seed)
        yield from examples[:most]
        most -= len(examples)
        if most <= 0:
            return


def _rule(settings, planned, keys, folder):
    how = {"fraction": settings.validation_fraction, "seed": settings.seed}
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        if settings.group_column is not None:
            return group_rule(keys, planned.row_strata, folder=Path(scratch), **how)
        return planned.rule(keys, folder=Path(scratch), **how)


def _check_labels(settings, labels, firsts: dict[str, Example], part: str) -> None:
    if settings.unknown_labels == "error":
        labels.encode(firsts.values())
    else:
        with_known_labels(list(firsts.values()), labels.names, part=f"first {part}")
