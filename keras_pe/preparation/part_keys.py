"""The keys of a part, wherever its rows are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from keras_pe.preparation.spills import Spills


@dataclass(frozen=True)
class PartKeys:
    """Gives the keys of a part.

    Args:
        name: str. What findings call it.
        spilled: str. The part that its rows were read for: `train` for those held out of it.
        buckets: sequence of functions without arguments that return the keys of a bucket, [N]
            `KEY`.
    """

    name: str
    spilled: str
    buckets: Sequence[Callable[[], np.ndarray]]

    @classmethod
    def given(
        cls, spills: Spills, part: str, num_buckets: int, numbers: Mapping | None = None
    ) -> "PartKeys":
        """Returns those of a part as it was read.

        Args:
            spills: `Spills`.
            part: str.
            num_buckets: int.
            numbers: mapping from labels, as for `Spills.keys`; rows with others are left out.
        """
        buckets = [partial(spills.keys, part, bucket, numbers) for bucket in range(num_buckets)]
        return cls(part, part, buckets)
