"""What stands in the folder of a model of token ids, and how it is read."""

import json
from dataclasses import dataclass
from pathlib import Path

from keras_pe.serving.versions import latest_version
from keras_pe.text.plain.plain_tokenizer import PlainTokenizer
from keras_pe.text.plain.plain_tokenizers import plain_tokenizer

CHARACTERS = "characters.json"
DESCRIPTION = "keras_pe.json"


@dataclass(frozen=True)
class TokenFolder:
    """A version folder that `write_litert` or `write_onnx` wrote.

    Args:
        path: of the version.
        description: what `keras_pe.json` says.
    """

    path: Path
    description: dict

    @classmethod
    def find(cls, folder: str | Path) -> "TokenFolder | None":
        """Returns the version in a folder, or its highest one; None if neither is of this kind."""
        folder = Path(folder)
        path = folder if (folder / DESCRIPTION).is_file() else latest_version(folder)
        if path is None or not (path / DESCRIPTION).is_file():
            return None
        return cls(path, _read_json(path / DESCRIPTION))

    @classmethod
    def of_kind(cls, folder: str | Path, kind: str) -> "TokenFolder":
        """Returns the version, which must be of one kind.

        Raises:
            FileNotFoundError: if there is no such folder.
            ValueError: if it holds no such export.
        """
        if not Path(folder).is_dir():
            raise FileNotFoundError(
                f"`folder` must be an existing folder. Received: folder={folder}"
            )
        found = cls.find(folder)
        if found is None or found.description.get("kind") != kind:
            raise ValueError(
                f"`folder` must hold an export of keras_pe to {kind}. Received: folder={folder}"
            )
        return found

    @property
    def model(self) -> Path:
        """The file of the network."""
        return self.path / self.description["file"]

    def tokenizer(self) -> PlainTokenizer:
        """Returns the tokenizer, in plain Python."""
        return plain_tokenizer(self.path, self.description, _read_json(self.path / CHARACTERS))


def _read_json(path: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: the file must be JSON. {error}") from error
