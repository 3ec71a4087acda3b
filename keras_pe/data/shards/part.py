"""One part of a prepared corpus: its shards, and counts over all of them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from keras_pe.data.shards.shard import Shard


@dataclass(frozen=True, kw_only=True)
class Part:
    """Holds what training must know of a part before it reads it.

    Args:
        shards: list of `Shard`.
        labels: dict from the number of a class to its texts.
        lengths: dict from a number of pieces to the texts that have as many.

    Example:
        >>> shard = Shard(file="a", rows=3, pieces=5, bytes=60, sha256="")
        >>> part = Part(shards=[shard], labels={0: 2, 1: 1}, lengths={1: 2, 3: 1})
        >>> both = Part.joined([part, part])
        >>> both.rows, both.labels, both.lengths
        (6, {0: 4, 1: 2}, {1: 4, 3: 2})
    """

    shards: list[Shard] = field(default_factory=list)
    labels: dict[int, int] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)

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
        shards, labels, lengths = [], Counter(), Counter()
        for part in parts:
            shards += part.shards
            labels.update(part.labels)
            lengths.update(part.lengths)
        return cls(
            shards=shards,
            labels=dict(sorted(labels.items())),
            lengths=dict(sorted(lengths.items())),
        )

    def to_dict(self) -> dict:
        """Returns what JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping) -> "Part":
        """Reads what `to_dict` gave, through JSON or not."""
        return cls(
            shards=[Shard(**shard) for shard in values["shards"]],
            labels={int(label): rows for label, rows in values["labels"].items()},
            lengths={int(length): rows for length, rows in values["lengths"].items()},
        )
