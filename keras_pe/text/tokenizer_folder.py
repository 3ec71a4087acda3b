"""The folder of a saved tokenizer: its vocabulary, and a description as JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DESCRIPTION = "tokenizer.json"
_FORMAT = 1
# Settings that files of before there was a choice do not name, and what they did.
_OLD = {
    "unicode_normalization": "none",
    "clean": None,
    "truncation": "head",
    "window_length": None,
    "second_length": None,
}


def write_folder(tokenizer, folder: Path) -> None:
    """Writes the vocabulary and `tokenizer.json`.

    Args:
        tokenizer: `Tokenizer`.
        folder: Path; made if it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.write_vocabulary_file(folder / tokenizer.vocabulary_file)
    text = json.dumps(_description(tokenizer), indent=1) + "\n"
    (folder / DESCRIPTION).write_text(text, encoding="utf-8")


def read_folder(tokenizer_class, folder: Path):
    """Returns the tokenizer that `write_folder` wrote.

    Args:
        tokenizer_class: subclass of `Tokenizer`.
        folder: Path.

    Raises:
        FileNotFoundError: one of the two files is missing.
        ValueError: they are not what `write_folder` writes, or do not belong together.
    """
    description = _OLD | read_description(folder)
    kind = {"kind": tokenizer_class.kind, "format": _FORMAT}
    if description | kind != description:
        raise ValueError(
            f"{folder / DESCRIPTION}: the file must describe a tokenizer of the kind {kind!r}. "
            f"Received: {description!r}"
        )
    file = tokenizer_class.vocabulary_file
    names = ("lowercase", "unicode_normalization", "clean")
    given = {name: description[name] for name in names if name in description}
    tokenizer = tokenizer_class.from_file(folder / file, **given)
    windows = {name: description[name] for name in ("window_length", "second_length")}
    tokenizer = tokenizer.truncating(description["truncation"], **windows)
    if description != _description(tokenizer):
        raise ValueError(
            f"{folder}: {file}, with {len(tokenizer.vocabulary)} pieces, and {DESCRIPTION} must "
            f"belong together. Received: {description!r}"
        )
    return tokenizer


def read_description(folder: Path) -> Mapping[str, Any]:
    """Returns what the `tokenizer.json` of a folder says, its `kind` among it.

    Raises:
        FileNotFoundError: the folder has none.
        ValueError: the file is no JSON object with a kind.
    """
    path = folder / DESCRIPTION
    try:
        description = json.loads(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"{path}: the file must be JSON. {error}") from error
    if not isinstance(description, dict) or "kind" not in description:
        raise ValueError(
            f"{path}: the file must say the `kind` of a tokenizer. Received: {description!r}"
        )
    return description


def _description(tokenizer) -> dict[str, Any]:
    return {
        "kind": tokenizer.kind,
        "format": _FORMAT,
        "lowercase": tokenizer.lowercase,
        **{name: getattr(tokenizer, name) for name in _OLD},
        "vocabulary_size": len(tokenizer.vocabulary),
    }
