"""The results of a grid: one JSON line per finished run, beside the settings they hold for."""

import dataclasses
import json
import os
import pathlib

from keras_pe.config import resolve_problem
from keras_pe.files.atomic_file import atomic_file

# More cells of the same kind may be added to a folder, trained side by side or one by one; what one
# cell means must stay.
GROWS = ("positions", "position_sources", "seeds", "seeds_at_once")


class Records:
    """The folder of a study: `study.json` and `runs.jsonl`.

    A line is appended when its run is finished, so a killed grid loses no more than the run that it
    was in, and processes may share a folder.

    Args:
        folder: Folder of the study; made by the first `add`.
        settings: dict of the settings that every run of the folder shares.
        defaults: dict. What a setting was in a study that was begun before there was that setting.

    Raises:
        ValueError: If the folder holds a study with other settings, or something else.
    """

    def __init__(self, folder, settings, defaults=None):
        self.folder = pathlib.Path(folder)
        self._settings = {key: value for key, value in settings.items() if key not in GROWS}
        self._defaults = defaults or {}
        self._refuse_another_study()

    @classmethod
    def for_config(cls, folder, config) -> "Records":
        """Returns the records of a study with the settings of a config."""
        defaults, settings = map(resolve_problem, (type(config)(), config))
        return cls(folder, dataclasses.asdict(settings), dataclasses.asdict(defaults))

    def runs(self) -> list[dict]:
        """Returns the finished runs, in the order in which they were finished."""
        return read_runs(self.folder / "runs.jsonl")

    def find(self, cell) -> dict | None:
        """Returns the run of a cell, if it is finished."""
        return next((run for run in self.runs() if run["cell"] == str(cell)), None)

    def add(self, cell, result):
        """Writes the result of a cell.

        Args:
            cell: `Cell`.
            result: dict of what JSON can hold.

        Raises:
            ValueError: If another process has begun a study with other settings in the folder.
        """
        self._refuse_another_study()
        self.folder.mkdir(parents=True, exist_ok=True)
        study = self.folder / "study.json"
        if not study.exists():
            with atomic_file(study) as temporary:
                text = json.dumps(self._settings, indent=2, ensure_ascii=False)
                temporary.write_text(text + "\n", encoding="utf-8")
        names = {
            "cell": str(cell),
            "position": str(cell.position),
            "position_source": str(cell.position_source),
            "seed": cell.seed,
        }
        _append_line(self.folder / "runs.jsonl", json.dumps(names | result, ensure_ascii=False))

    def _refuse_another_study(self):
        study = self.folder / "study.json"
        if not study.exists():
            if self.folder.exists() and any(self.folder.iterdir()):
                raise ValueError(
                    "`output_dir` must be new, empty, or hold a study to go on with. "
                    f"Received: output_dir={str(self.folder)!r}"
                )
            return
        before = self._defaults | json.loads(study.read_text(encoding="utf-8"))
        other = [key for key in self._settings if before.get(key) != self._settings[key]]
        if other:
            key = other[0]
            raise ValueError(
                f"A study that is gone on with must keep its settings. Received: "
                f"{key}={self._settings[key]!r}, while {study} has {key}={before.get(key)!r}. "
                "Leave the flag as it was, or choose a new --output_dir."
            )


def _append_line(path, text):
    with open(path, "a+b", buffering=0) as file:
        # A line that a killed process left without an end must not swallow this one.
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        torn = file.read(1) not in (b"", b"\n")
        # One write at the end of the file, which no other process can come between.
        file.write(b"\n" * torn + text.encode("utf-8", "surrogatepass") + b"\n")


def read_runs(path) -> list[dict]:
    """Reads the runs that a study has finished.

    The torn line of a killed process is no run. Of several runs of a cell, by processes that did
    not know of each other, the first counts.

    Args:
        path: str or path of a `runs.jsonl`.

    Returns:
        A dict per run; none if there is no file yet.
    """
    path = pathlib.Path(path)
    if not path.exists():
        return []
    runs = {}
    for line in path.read_bytes().split(b"\n"):
        try:
            run = json.loads(line)
        except ValueError:
            continue
        runs.setdefault(run["cell"], run)
    return list(runs.values())
