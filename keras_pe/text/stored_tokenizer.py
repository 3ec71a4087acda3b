"""How a tokenizer is kept in a folder, and made from a file of somebody else."""

import os
from pathlib import Path
from typing import Any, ClassVar, Self

from keras_pe.files.remote_path import RemotePath, as_path
from keras_pe.text.tokenizer_folder import read_folder, write_folder
from keras_pe.text.vocabulary import read_vocabulary, write_vocabulary


class StoredTokenizer:
    """The part of a tokenizer that knows of files."""

    # Where the vocabulary stands in a folder that `save` wrote.
    vocabulary_file: ClassVar[str] = "vocabulary.txt"

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], **settings: Any) -> Self:
        """Returns a tokenizer with a vocabulary that somebody else made.

        Args:
            path: str or path; also of another file system, such as `gs://bucket/vocabulary.txt`.
            **settings: Of the constructor.

        Raises:
            FileNotFoundError: there is no such file.
            ValueError: it holds no vocabulary of this kind; the message names the line.
        """
        return cls(cls.read_vocabulary_file(as_path(path)), **settings)

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Writes the vocabulary and `tokenizer.json`.

        Args:
            folder: str or path; made if it is missing.
        """
        write_folder(self, Path(folder))

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Self:
        """Reads what `save` wrote.

        Args:
            folder: str or path.

        Returns:
            A tokenizer of this class.

        Raises:
            FileNotFoundError: one of the two files is missing.
            ValueError: they are not what `save` writes, or do not belong together.
        """
        return read_folder(cls, Path(folder))

    def write_vocabulary_file(self, path: Path) -> None:
        """Writes what `read_vocabulary_file` reads."""
        write_vocabulary(self.vocabulary, path)

    @classmethod
    def read_vocabulary_file(cls, path: Path | RemotePath) -> Any:
        """Returns the first argument of the constructor."""
        return read_vocabulary(path)
