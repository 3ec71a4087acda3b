"""The table of contents of a prepared corpus: the file that is written last."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tqdm import tqdm

from keras_pe.data.checks.finding import Finding
from keras_pe.data.shards.part import Part
from keras_pe.data.shards.record_format import RecordFormat
from keras_pe.files.atomic_file import atomic_file

# Format 1 knew of one label of single texts, and of nothing else.
_FORMATS = (1, 2)
_NAME = "manifest.json"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Holds what a folder of shards was made from, and what is in it.

    Args:
        settings: dict. What was read, and how; for people and for comparison.
        parts: dict from `train`, `validation` and perhaps `test` to `Part`.
        findings: list of `Finding`. What the quick checks found.
    """

    settings: Mapping
    parts: Mapping[str, Part]
    findings: list[Finding] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """JSON text that is the same only for the same shards."""
        facts = {
            name: {"examples": part.rows, "blake2b": part.digest}
            for name, part in self.parts.items()
        }
        return json.dumps(facts, indent=2) + "\n"

    def setting(self, name: str, default=None):
        """Returns what a setting was that says what is read, and how; or its default."""
        return self.settings["data"].get(name, default)

    def record_format(self, name: str, labels: Sequence) -> RecordFormat:
        """Returns what there is of every text of a part.

        Args:
            name: str. The part.
            labels: sequence of str. The names of the labels.
        """
        return RecordFormat(
            problem_type=self.setting("problem_type", RecordFormat.problem_type),
            num_classes=len(labels),
            text_pairs=self.setting("second_text_column") is not None,
            weighted=self.parts[name].weights is not None,
        )

    @staticmethod
    def is_in(folder: str | os.PathLike[str]) -> bool:
        """Returns whether a folder holds a corpus that was prepared to the end."""
        return Path(folder, _NAME).exists()

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Writes `manifest.json` into the folder of the shards."""
        values = {
            "format": _FORMATS[-1],
            "settings": self.settings,
            "parts": {name: part.to_dict() for name, part in self.parts.items()},
            "findings": [asdict(finding) for finding in self.findings],
        }
        with atomic_file(Path(folder, _NAME)) as temporary:
            temporary.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> "Manifest":
        """Reads the manifest of a folder, and sees that its shards are there.

        Args:
            folder: str or path. What `prepare` wrote.

        Returns:
            `Manifest`.

        Raises:
            FileNotFoundError: the folder has no manifest, or lacks a shard.
            ValueError: the manifest is no such, or a shard has another size.
        """
        path = Path(folder, _NAME)
        if not path.exists():
            raise FileNotFoundError(
                f"{folder}: it must be a folder that prepare finished, with a {_NAME}. Received: "
                "none. If the preparation was stopped, go on with it by the same command."
            )
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            manifest = cls._of(values)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(
                f"{path}: it must be the manifest of a corpus, as this version writes it. "
                f"Received: {error!r}. Prepare the corpus anew."
            ) from error
        for shard in manifest._shards():
            _check_size(Path(folder, shard.file), shard.bytes)
        return manifest

    @classmethod
    def _of(cls, values):
        if values["format"] not in _FORMATS:
            raise ValueError(f"format {values['format']!r}")
        return cls(
            settings=values["settings"],
            parts={name: Part.from_dict(part) for name, part in values["parts"].items()},
            findings=[Finding(**finding) for finding in values["findings"]],
        )

    def verify(self, folder: str | os.PathLike[str], *, progress: bool = False) -> None:
        """Reads every shard and compares its checksum.

        Args:
            folder: str or path. Where the shards are.
            progress: bool. Whether to show a bar on standard error.

        Raises:
            ValueError: a shard is not as it was written.
        """
        for shard in tqdm(self._shards(), "verifying", unit=" files", disable=not progress):
            path = Path(folder, shard.file)
            with open(path, "rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != shard.sha256:
                raise ValueError(
                    f"{path}: the file must have the SHA-256 {shard.sha256}. Received: {found}. "
                    "It is damaged: copy it once more, or prepare the corpus anew."
                )

    def _shards(self):
        return [shard for part in self.parts.values() for shard in part.shards]


def _check_size(path: Path, size: int) -> None:
    if not path.exists():
        raise FileNotFoundError(
            f"{path}: the shard must be there, since the manifest names it. Received: no such "
            "file. Copy the folder once more, or prepare the corpus anew."
        )
    if path.stat().st_size != size:
        raise ValueError(
            f"{path}: the shard must have {size:,} bytes, as the manifest says. "
            f"Received: {path.stat().st_size:,}. Copy it once more, or prepare the corpus anew."
        )
