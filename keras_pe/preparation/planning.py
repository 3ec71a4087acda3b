"""Decides from the spilled examples which labels there are and what is held out."""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from keras_pe.data.checks.finding import count_of
from keras_pe.data.example import Example
from keras_pe.data.label_names import listed_labels
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.on_leak import without_leaks
from keras_pe.data.stratified_split import refuse_single
from keras_pe.data.unknown_labels import with_known_labels
from keras_pe.preparation.plan import Plan
from keras_pe.preparation.source import Source
from keras_pe.preparation.spills import Spills
from keras_pe.preparation.split_rows import in_hash_order, split_rows
from keras_pe.preparation.streaming_split import streaming_split

_logger = logging.getLogger(__name__)


def settings_of_plan(sources: Sequence[Source]) -> tuple[str, ...]:
    """Returns the settings that `make_plan` reads for these sources."""
    parts = {source.part for source in sources}
    used = ["seed", "label_names_file"]
    if "validation" not in parts:
        used.append("validation_fraction")
    if len(parts) > 1 and not any(source.is_divided for source in sources):
        used += ["on_leak", "unknown_labels"]
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
        `Plan`, and `LabelVocabulary`.

    Raises:
        ValueError: as `load_splits` and `LabelVocabulary` raise.
    """
    firsts = {part: spills.firsts(part) for part in names}
    if not firsts["train"]:
        raise ValueError("There must be at least one training example. Received: none.")
    held_out_given = len(names) > 1
    drop = held_out_given and _drops_leaks(settings, spills, num_buckets)
    keys = _train_keys(spills, list(firsts["train"]), num_buckets, drop)
    sizes = sum(np.bincount(each()["label"], minlength=len(firsts["train"])) for each in keys)
    first = {
        label: example
        for (label, example), size in zip(firsts["train"].items(), sizes, strict=True)
        if size
    }
    labels = _labels(settings, first.values())
    rule = None
    if "validation" not in names:
        sizes = dict(zip(firsts["train"], sizes.tolist(), strict=True))
        refuse_single([example for label, example in first.items() if sizes[label] == 1])
        rule = _rule(settings, spills, list(first), num_buckets, drop, folder)
    for part in names:
        if part != "train":
            _check_labels(settings, labels, firsts[part], part)
    plan = Plan(
        num_buckets=num_buckets, spills=names, labels=labels.names, drop_leaks=drop, rule=rule
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


def _labels(settings, examples) -> LabelVocabulary:
    path = settings.label_names_file
    return listed_labels(path, list(examples)) if path else LabelVocabulary.from_examples(examples)


def _check_labels(settings, labels: LabelVocabulary, firsts: dict[str, Example], part: str) -> None:
    if settings.unknown_labels == "error":
        labels.encode(firsts.values())
    else:
        with_known_labels(list(firsts.values()), labels.names, part=f"first {part}")


def _train_keys(spills, labels, num_buckets, drop):
    return [partial(_keys, spills, labels, bucket, drop) for bucket in range(num_buckets)]


def _keys(spills, labels, bucket, drop):
    keys = spills.keys("train", bucket, labels)
    return keys[~spills.leaks(bucket, keys["draw"])] if drop else keys


def _rule(settings, spills, labels, num_buckets, drop, folder):
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        return streaming_split(
            _train_keys(spills, labels, num_buckets, drop),
            labels=labels,
            fraction=settings.validation_fraction,
            seed=settings.seed,
            folder=Path(scratch),
        )


def _drops_leaks(settings, spills, num_buckets) -> bool:
    if settings.on_leak == "warn":
        return False
    labels = list(spills.firsts("train"))
    counts = [
        int(spills.leaks(bucket, spills.keys("train", bucket, labels)["draw"]).sum())
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
