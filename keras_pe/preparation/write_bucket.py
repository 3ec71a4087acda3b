"""The last step of a preparation: a bucket of every part becomes a shard of every part."""

import dataclasses
import json
from functools import lru_cache

from keras_pe.data.checks import quick_findings
from keras_pe.data.splits import Splits
from keras_pe.data.targets import TARGETS
from keras_pe.files.atomic_file import atomic_file
from keras_pe.preparation.plan import Plan
from keras_pe.preparation.shard_writer import shard_name, shard_records, write_shard
from keras_pe.preparation.split_rows import split_rows
from keras_pe.preparation.workplace import Workplace
from keras_pe.text.tokenizers import load_tokenizer


def write_bucket(place: Workplace, bucket: int) -> int:
    """Writes the shards of a bucket, then what is known of them.

    Args:
        place: `Workplace`, whose plan, labels and tokenizer are there.
        bucket: int.

    Returns:
        int. How many texts are in the shards.
    """
    plan, spills, labels, tokenizer = _opened(place)
    rows = {part: spills.rows(part, bucket) for part in plan.spills}
    parts = split_rows(plan, rows, place.seed)
    facts = {
        part: write_shard(
            place.output_dir / shard_name(part, bucket, place.num_buckets),
            shard_records(examples, labels, tokenizer, place.seed, plan.record_format(part)),
        )
        for part, examples in parts.items()
    }
    _save(place.facts_file(bucket), facts, parts, plan.problem_type)
    return sum(part.rows for part in facts.values())


@lru_cache(maxsize=1)
def _opened(place: Workplace):
    plan = Plan.load(place.plan_file)
    return (
        plan,
        place.spills,
        TARGETS[plan.problem_type].numbering.load(place.output_dir / "labels.json"),
        load_tokenizer(place.output_dir / "tokenizer"),
    )


def _save(path, facts, parts, problem_type):
    splits = Splits(*(parts.get(part, []) for part in ("train", "validation", "test")))
    values = {
        "parts": {name: part.to_dict() for name, part in facts.items()},
        "findings": [dataclasses.asdict(each) for each in quick_findings(splits, problem_type)],
    }
    with atomic_file(path) as temporary:
        temporary.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
