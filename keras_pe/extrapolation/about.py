"""What a report has to say of a study besides its runs."""

import dataclasses
import json
import pathlib

from keras_pe.files.atomic_file import atomic_file


@dataclasses.dataclass(frozen=True, kw_only=True)
class About:
    """Facts that only the texts of a study tell: with them, its report can be written again.

    Args:
        description: str. What is trained on and tested on.
        chance: float. Accuracy of always saying the commonest class.
        chance_sentence: str. The same in words.
        steps: int. Training steps of each run.
    """

    description: str
    chance: float
    chance_sentence: str
    steps: int

    @classmethod
    def of(cls, study) -> "About":
        """Returns the facts of a `TaskStudy` or `TextStudy`."""
        names = [field.name for field in dataclasses.fields(cls)]
        return cls(**{name: getattr(study, name) for name in names})

    @classmethod
    def load(cls, folder) -> "About":
        """Reads what `save` wrote."""
        return cls(**json.loads(_path(folder).read_text(encoding="utf-8")))

    def save(self, folder):
        """Writes the facts into the folder of the study, as JSON."""
        with atomic_file(_path(folder)) as temporary:
            text = json.dumps(dataclasses.asdict(self), indent=2, ensure_ascii=False)
            temporary.write_text(text + "\n", encoding="utf-8")


def _path(folder):
    return pathlib.Path(folder) / "about.json"
