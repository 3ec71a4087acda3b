"""The rule by which `number_split` would hold out rows of a corpus on disk."""

from pathlib import Path

from keras_pe.data.strata_split import size_of_share
from keras_pe.preparation.checked_rule import checked_rule
from keras_pe.preparation.held_out_rule import HeldOutRule
from keras_pe.preparation.number_band import NumberBand
from keras_pe.preparation.streaming_split import streaming_split
from keras_pe.preparation.training_keys import TrainingKeys


def number_rule(keys: TrainingKeys, *, fraction: float, seed: int, folder: Path) -> HeldOutRule:
    """Finds the rule where a text has a number.

    Args:
        keys: `TrainingKeys`.
        fraction: float in (0, 1). The share to hold out.
        seed: int. That of the hashes.
        folder: Path. Where to put what is of use meanwhile.

    Returns:
        `HeldOutRule`.

    Raises:
        ValueError: as `number_split` raises.
    """
    buckets = keys.buckets()
    rule, _ = streaming_split(
        buckets,
        NumberBand.of(buckets),
        size_of=lambda sizes: [size_of_share(size, fraction) for size in sizes],
        seed=seed,
        folder=folder,
    )
    return checked_rule(rule, keys)
