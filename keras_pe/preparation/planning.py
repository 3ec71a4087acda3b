"""Decides from the spilled examples which labels there are and what is held out."""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from keras_pe.data.checks.finding import count_of
from keras_pe.data.example import Example
from keras_pe.data.on_leak import without_leaks
from keras_pe.data.targets import TARGETS
from keras_pe.data.unknown_labels import with_known_labels
from keras_pe.preparation.plan import Plan
from keras_pe.preparation.planned_targets import PLANNED_TARGETS
from keras_pe.preparation.source import Source
from keras_pe.preparation.spills import Spills
from keras_pe.preparation.split_rows import in_hash_order, split_rows
from keras_pe.preparation.training_keys import TrainingKeys

_logger = logging.getLogger(__name__)


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
    drop = len(names) > 1 and _drops_leaks(settings, spills, num_buckets)
    keys = TrainingKeys(spills, num_buckets, drop_leaks=drop)
    rule = None if "validation" in names else _rule(settings, planned, keys, folder)
    labels = planned.numbering(settings, keys, rule)
    for part in names:
        if part != "train":
            _check_labels(settings, labels, spills.firsts(part), part)
    plan = Plan(
        num_buckets=num_buckets,
        spills=names,
        labels=labels.names,
        problem_type=settings.problem_type,
        text_pairs=settings.second_text_column is not None,
        weighted=settings.weight_column is not None,
        drop_leaks=drop,
        rule=rule,
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
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        return planned.rule(
            keys, fraction=settings.validation_fraction, seed=settings.seed, folder=Path(scratch)
        )


def _check_labels(settings, labels, firsts: dict[str, Example], part: str) -> None:
    if settings.unknown_labels == "error":
        labels.encode(firsts.values())
    else:
        with_known_labels(list(firsts.values()), labels.names, part=f"first {part}")


def _drops_leaks(settings, spills, num_buckets) -> bool:
    if settings.on_leak == "warn":
        return False
    counts = [
        int(spills.leaks(bucket, spills.keys("train", bucket)["draw"]).sum())
        for bucket in range(num_buckets)
    ]
    if sum(counts) and settings.on_leak == "error":
        _refuse(spills, next(bucket for bucket, count in enumerate(counts) if count))
    if sum(counts):
        rows = count_of(sum(counts), "training row")
        _logger.warning("Dropped %s whose text is held out too.", rows)
    return True


def _refuse(spills, bucket):
    held_out = [*spills.rows("validation", bucket), *spills.rows("test", bucket)]
    without_leaks(spills.rows("train", bucket), held_out, on_leak="error")
