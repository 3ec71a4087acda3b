"""What every process must know to turn a bucket into shards."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

from keras_pe.files.atomic_file import atomic_file
from keras_pe.preparation.held_out_rule import HeldOutRule


@dataclasses.dataclass(frozen=True, kw_only=True)
class Plan:
    """Says where the parts come from, and where they go.

    Args:
        num_buckets: int.
        spills: dict from `train`, `validation` and `test` to the names of their folders.
        labels: sequence of str. The classes, in the order of their numbers.
        drop_leaks: bool. Leave out training texts that are in another part.
        rule: `HeldOutRule`, where validation is held out of training.
    """

    num_buckets: int
    spills: dict[str, list[str]]
    labels: Sequence[str]
    drop_leaks: bool = False
    rule: HeldOutRule | None = None

    @property
    def parts(self) -> list[str]:
        """The names of the parts that there will be."""
        given = list(self.spills)
        return ["train", "validation", *given[1:]] if self.rule else given

    def save(self, path: Path) -> None:
        """Writes the plan as JSON."""
        with atomic_file(path) as temporary:
            temporary.write_text(json.dumps(dataclasses.asdict(self), ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Plan":
        """Reads what `save` wrote."""
        values = json.loads(path.read_text("utf-8"))
        rule = values.pop("rule")
        return cls(**values, rule=rule and HeldOutRule(**rule))
