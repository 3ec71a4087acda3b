"""What a split of a corpus on disk must leave: something to learn from, something held out."""

from collections.abc import Mapping

import numpy as np

from keras_pe.data.strata_split import refuse_none_held_out, refuse_single_text
from keras_pe.preparation.held_out_rule import HeldOutRule
from keras_pe.preparation.training_keys import TrainingKeys


def checked_rule(
    rule: HeldOutRule, keys: TrainingKeys, numbers: Mapping | None = None
) -> HeldOutRule:
    """Returns a rule if it does what `strata_split` promises.

    Args:
        rule: `HeldOutRule`.
        keys: `TrainingKeys`.
        numbers: As for `TrainingKeys.buckets`.

    Raises:
        ValueError: there are not two different texts, or none of them is held out.
    """
    texts = held_out = 0
    for bucket in keys.buckets(numbers):
        rows = bucket()
        texts += len(np.unique(rows["draw"]))
        held_out += np.count_nonzero(rule.is_held_out(rows))
    if texts < 2:
        refuse_single_text(texts, keys.place)
    if not held_out:
        refuse_none_held_out(texts, keys.place)
    return rule
