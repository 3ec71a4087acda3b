"""The examples of a bucket, divided among the parts."""

from collections.abc import Iterable

from keras_pe.data.content import content
from keras_pe.data.example import Example
from keras_pe.data.grouped_split import group_numbers
from keras_pe.data.sorted_search import places_among
from keras_pe.preparation.plan import Plan
from keras_pe.preparation.spill import text_draw


def in_hash_order(examples: Iterable[Example], seed: int) -> list[Example]:
    """Returns examples in an order that depends on nothing but the examples."""
    return sorted(examples, key=lambda e: (text_draw(e, seed), e.texts, e.label, e.weight or 0.0))


def split_rows(plan: Plan, rows: dict[str, list[Example]], seed: int) -> dict[str, list[Example]]:
    """Returns the examples of a bucket in the parts that they end in.

    Args:
        plan: `Plan`.
        rows: dict from `train`, `validation` and `test` to the examples read for it, in the order
            of the sources.
        seed: int. That of the hash.

    Returns:
        dict from every part of the plan to its examples.
    """
    train = rows["train"]
    if plan.drop_leaks:
        held_out = {
            content(e.all_text) for part, own in rows.items() if part != "train" for e in own
        }
        train = [e for e in train if content(e.all_text) not in held_out - {""}]
    if len(plan.dropped_groups):
        are_of = places_among(plan.dropped_groups, group_numbers(train, seed)).tolist()
        train = [e for e, place in zip(train, are_of, strict=True) if place < 0]
    known = set(plan.labels)
    parts = {
        part: [e for e in rows.get(part, ()) if known.issuperset(e.labels)] for part in plan.parts
    }
    parts["train"] = train
    if plan.rule:
        held = plan.rule.holds_out(train).tolist()
        parts["train"] = [e for e, out in zip(train, held, strict=True) if not out]
        parts["validation"] = [e for e, out in zip(train, held, strict=True) if out]
    return parts
