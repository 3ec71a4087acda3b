"""What every process must know to turn a bucket into shards."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

from keras_pe.data.shards.record_format import RecordFormat
from keras_pe.files.atomic_file import atomic_file
from keras_pe.preparation.held_out_rule import HeldOutRule
from keras_pe.preparation.planned_targets import PLANNED_TARGETS


@dataclasses.dataclass(frozen=True, kw_only=True)
class Plan:
    """Says where the parts come from, and where they go.

    Args:
        num_buckets: int.
        spills: dict from `train`, `validation` and `test` to the names of their folders.
        labels: sequence of str. The names of the labels, in the order of their numbers.
        problem_type: str. What the labels are.
        text_pairs: bool. Whether texts come in pairs.
        weighted: bool. Whether training rows say what they count.
        drop_leaks: bool. Leave out training texts that are in another part.
        rule: `HeldOutRule`, where validation is held out of training.
    """

    num_buckets: int
    spills: dict[str, list[str]]
    labels: Sequence[str]
    problem_type: str
    text_pairs: bool = False
    weighted: bool = False
    drop_leaks: bool = False
    rule: HeldOutRule | None = None

    @property
    def parts(self) -> list[str]:
        """The names of the parts that there will be."""
        given = list(self.spills)
        return ["train", "validation", *given[1:]] if self.rule else given

    def record_format(self, part: str) -> RecordFormat:
        """Returns what there is of every text of a part."""
        return RecordFormat(
            problem_type=self.problem_type,
            num_classes=len(self.labels),
            text_pairs=self.text_pairs,
            weighted=self.weighted and part == "train",
        )

    def save(self, path: Path) -> None:
        """Writes the plan as JSON."""
        with atomic_file(path) as temporary:
            temporary.write_text(json.dumps(dataclasses.asdict(self), ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Plan":
        """Reads what `save` wrote."""
        values = json.loads(path.read_text("utf-8"))
        rule = values["rule"]
        if rule:
            strata = PLANNED_TARGETS[values["problem_type"]].strata(**rule.pop("strata"))
            values["rule"] = HeldOutRule(**rule, strata=strata)
        return cls(**values)
