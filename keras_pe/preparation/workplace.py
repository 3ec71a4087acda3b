"""Where a preparation keeps what is not finished."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from keras_pe.preparation.plan import Plan
from keras_pe.preparation.spills import Spills


@dataclass(frozen=True)
class Workplace:
    """Names the files of an unfinished preparation, beside the shards that are done.

    Args:
        output_dir: Path. The folder of the corpus.
        num_buckets: int.
        seed: int.
    """

    output_dir: Path
    num_buckets: int
    seed: int

    @property
    def folder(self) -> Path:
        """The folder that goes when all is done."""
        return self.output_dir / "unfinished"

    @property
    def plan_file(self) -> Path:
        """What `Plan.load` reads."""
        return self.folder / "plan.json"

    def spill_folder(self, name: str) -> Path:
        """Where the examples of a source are, sorted into buckets."""
        return self.folder / name

    def facts_file(self, bucket: int) -> Path:
        """What is there once the shards of a bucket are."""
        return self.folder / f"bucket-{bucket}.json"

    def load_facts(self, bucket: int) -> dict:
        """Returns what `write_bucket` wrote of a bucket."""
        return json.loads(self.facts_file(bucket).read_text("utf-8"))

    @cached_property
    def spills(self) -> Spills:
        """The examples, for those who have a plan."""
        return Spills(self.folder, Plan.load(self.plan_file).spills, self.seed)
