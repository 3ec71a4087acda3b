"""One part of a prepared corpus: its shards, and counts over all of them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from keras_pe.data.shards.shard import Shard
from keras_pe.data.target_counts import TargetCounts
from keras_pe.data.weight_sums import WeightSums


@dataclass(frozen=True, kw_only=True)
class Part:
    """Holds what training must know of a part before it reads it.

    Args:
        shards: list of `Shard`.
        targets: `TargetCounts`.
        lengths: dict from a number of pieces to the texts that have as many; of a pair, those of
            both texts together.
        weights: `WeightSums`; None where rows do not say what they count.

    Example:
        >>> shard = Shard(file="a", rows=3, pieces=5, bytes=60, sha256="")
        >>> targets = TargetCounts(texts=3, classes={0: 2, 1: 1})
        >>> part = Part(shards=[shard], targets=targets, lengths={1: 2, 3: 1})
        >>> both = Part.joined([part, part])
        >>> both.rows, both.targets.classes, both.lengths
        (6, {0: 4, 1: 2}, {1: 4, 3: 2})
    """

    shards: list[Shard] = field(default_factory=list)
    targets: TargetCounts = TargetCounts()
    lengths: dict[int, int] = field(default_factory=dict)
    weights: WeightSums | None = None

    @property
    def rows(self) -> int:
        """How many texts there are."""
        return sum(shard.rows for shard in self.shards)

    @property
    def digest(self) -> str:
        """A hash that is the same only for the same shards."""
        sums = "".join(shard.sha256 for shard in self.shards)
        return hashlib.blake2b(sums.encode(), digest_size=16).hexdigest()

    @classmethod
    def joined(cls, parts: Iterable["Part"]) -> "Part":
        """Returns parts as one, their shards in this order."""
        parts, lengths = list(parts), Counter()
        for part in parts:
            lengths.update(part.lengths)
        return cls(
            shards=[shard for part in parts for shard in part.shards],
            targets=TargetCounts.joined(part.targets for part in parts),
            lengths=dict(sorted(lengths.items())),
            weights=WeightSums.joined(part.weights for part in parts if part.weights is not None),
        )

    def to_dict(self) -> dict:
        """Returns what JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping) -> "Part":
        """Reads what `to_dict` gave, through JSON or not; also what it gave in format 1."""
        shards = [Shard(**shard) for shard in values["shards"]]
        # Before there were sets of labels and numbers.
        of_format_1 = {"texts": sum(s.rows for s in shards), "classes": values.get("labels")}
        weights = values.get("weights")
        return cls(
            shards=shards,
            targets=TargetCounts(**_numbered(values.get("targets", of_format_1), "classes")),
            lengths=_numbered(values, "lengths")["lengths"],
            weights=weights and WeightSums(**_numbered(weights, "sums")),
        )


def _numbered(values: Mapping, name: str) -> dict:
    """Returns values with whole numbers as the keys of one of them, which JSON made strings of."""
    return {**values, name: {int(key): value for key, value in values[name].items()}}
