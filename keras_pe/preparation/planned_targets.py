"""What a preparation must know of the types of problems."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from keras_pe.data.target_scale import TargetScale
from keras_pe.preparation.class_rule import class_rule
from keras_pe.preparation.held_out_groups import HeldOutGroups
from keras_pe.preparation.held_out_rule import HeldOutRule
from keras_pe.preparation.label_set_rule import label_set_rule
from keras_pe.preparation.number_band import NumberBand
from keras_pe.preparation.number_rule import number_rule
from keras_pe.preparation.rarest_label import RarestLabel
from keras_pe.preparation.row_strata import RowStrata, label_strata, number_strata
from keras_pe.preparation.training_keys import TrainingKeys
from keras_pe.prepared_data import number_labels


@dataclass(frozen=True)
class PlannedTarget:
    """Says how rows are held out and labels numbered where a corpus stays on disk.

    Args:
        strata: class. What texts are held out by.
        rule: function of `TrainingKeys`, `fraction`, `seed` and `folder`, that returns the
            `HeldOutRule` of the split in memory.
        row_strata: function of `TrainingKeys` that returns the `RowStrata` that whole groups are
            held out by.
        numbering: function of the settings, `TrainingKeys`, and `HeldOutRule`, `HeldOutGroups` or
            None, that returns what numbers the labels.
    """

    strata: type[RarestLabel] | type[NumberBand]
    rule: Callable[..., HeldOutRule]
    row_strata: Callable[[TrainingKeys], RowStrata]
    numbering: Callable


def _names(settings, keys: TrainingKeys, rule: HeldOutRule | HeldOutGroups | None):
    # Splits leave a text of every label in training.
    return number_labels(settings, keys.firsts.values())


def _scale(settings, keys: TrainingKeys, rule: HeldOutRule | HeldOutGroups | None) -> TargetScale:
    def kept():
        for bucket in keys.buckets():
            rows = bucket()
            if rule is not None:
                rows = rows[~rule.is_held_out(rows)]
            yield rows["label"].astype(np.float32)

    return TargetScale.from_chunks(kept)


PLANNED_TARGETS = {
    "single_label": PlannedTarget(
        strata=RarestLabel, rule=class_rule, row_strata=label_strata, numbering=_names
    ),
    "multi_label": PlannedTarget(
        strata=RarestLabel, rule=label_set_rule, row_strata=label_strata, numbering=_names
    ),
    "regression": PlannedTarget(
        strata=NumberBand, rule=number_rule, row_strata=number_strata, numbering=_scale
    ),
}
