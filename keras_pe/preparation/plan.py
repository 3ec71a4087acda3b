"""What every process must know to turn a bucket into shards."""

import base64
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from keras_pe.data.checks.finding import Finding
from keras_pe.data.shards.record_format import RecordFormat
from keras_pe.files.atomic_file import atomic_file
from keras_pe.preparation.held_out_groups import HeldOutGroups
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
        rule: `HeldOutRule` or `HeldOutGroups`, where validation is held out of training.
        dropped_groups: [G] int, rising. Hashes of groups that are left out of training.
        findings: sequence of `Finding`. What was found of groups.
    """

    num_buckets: int
    spills: dict[str, list[str]]
    labels: Sequence[str]
    problem_type: str
    text_pairs: bool = False
    weighted: bool = False
    drop_leaks: bool = False
    rule: HeldOutRule | HeldOutGroups | None = None
    dropped_groups: Sequence[int] = ()
    findings: Sequence[Finding] = ()

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
        values = dataclasses.asdict(self) | {"dropped_groups": _packed(self.dropped_groups)}
        if isinstance(self.rule, HeldOutGroups):
            values["rule"]["groups"] = _packed(self.rule.groups)
        with atomic_file(path) as temporary:
            temporary.write_text(json.dumps(values, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Plan":
        """Reads what `save` wrote."""
        values = json.loads(path.read_text("utf-8"))
        rule = values["rule"]
        if rule and "groups" in rule:
            values["rule"] = HeldOutGroups(_unpacked(rule["groups"]), rule["seed"])
        elif rule:
            strata = PLANNED_TARGETS[values["problem_type"]].strata(**rule.pop("strata"))
            values["rule"] = HeldOutRule(**rule, strata=strata)
        values["dropped_groups"] = _unpacked(values["dropped_groups"])
        values["findings"] = [Finding(**each) for each in values["findings"]]
        return cls(**values)


def _packed(groups: Sequence[int]) -> str:
    # There may be millions of them; as numbers of JSON, they would be as many objects in memory.
    return base64.b64encode(np.asarray(groups, "<u8").tobytes()).decode("ascii")


def _unpacked(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<u8")
