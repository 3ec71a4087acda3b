"""The results of a grid: one JSON line per finished run, beside the settings they hold for."""

import dataclasses
import json
import pathlib

from keras_pe.files.atomic_file import atomic_file

# More cells of the same kind may be added to a folder; what one cell means must stay.
GROWS = ("positions", "position_sources", "seeds")


class Records:
    """The folder of a study: `study.json` and `runs.jsonl`.

    A line is written when its run is finished, so a killed grid loses no more than the run that it
    was in.

    Args:
        folder: Folder of the study; made by the first `add`.
        settings: dict of the settings that every run of the folder shares.

    Raises:
        ValueError: If the folder holds a study with other settings, or something else.
    """

    def __init__(self, folder, settings):
        self.folder = pathlib.Path(folder)
        self._settings = {key: value for key, value in settings.items() if key not in GROWS}
        self._refuse_another_study()

    @classmethod
    def for_config(cls, folder, config) -> "Records":
        """Returns the records of a study with the settings of a config."""
        return cls(folder, dataclasses.asdict(config))

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
        """
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
        lines = [json.dumps(run, ensure_ascii=False) for run in [*self.runs(), names | result]]
        with atomic_file(self.folder / "runs.jsonl") as temporary:
            temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _refuse_another_study(self):
        study = self.folder / "study.json"
        if not study.exists():
            if self.folder.exists() and any(self.folder.iterdir()):
                raise ValueError(
                    "`output_dir` must be new, empty, or hold a study to go on with. "
                    f"Received: output_dir={str(self.folder)!r}"
                )
            return
        before = json.loads(study.read_text(encoding="utf-8"))
        other = [key for key in self._settings if before.get(key) != self._settings[key]]
        if other:
            key = other[0]
            raise ValueError(
                f"A study that is gone on with must keep its settings. Received: "
                f"{key}={self._settings[key]!r}, while {study} has {key}={before.get(key)!r}. "
                "Leave the flag as it was, or choose a new --output_dir."
            )


def read_runs(path) -> list[dict]:
    """Reads the runs that a study has finished.

    Args:
        path: str or path of a `runs.jsonl`.

    Returns:
        A dict per run; none if there is no file yet.
    """
    path = pathlib.Path(path)
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
