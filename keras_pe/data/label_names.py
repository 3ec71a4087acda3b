"""The labels of a task in an order of one's own."""

import difflib
import logging
import os
from collections.abc import Sequence

from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.files.remote_path import as_path

_NAMED = 5

_logger = logging.getLogger(__name__)


def read_label_names(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """Reads labels from a text file.

    Args:
        path: str or path; also of another file system, such as `gs://bucket/labels.txt`. UTF-8
            text with a label per line; empty lines at its end do not count.

    Returns:
        Tuple of str, in the order of the file.

    Raises:
        ValueError: a line is empty, two are the same, there are fewer than two, or the file is not
            UTF-8 text.
        FileNotFoundError: there is no such file.
    """
    path = as_path(path)
    if not path.is_file():
        raise FileNotFoundError(
            "`label_names_file` must be a text file with a label per line. "
            f"Received: label_names_file={str(path)!r}, which is no file."
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: label names must be UTF-8 text. {error}") from error
    names = text.rstrip("\n").split("\n")
    _check(path, names)
    return tuple(names)


def listed_labels(
    path: str | os.PathLike[str],
    examples: Sequence[Example],
    *,
    kind: type[LabelVocabulary] = LabelVocabulary,
) -> LabelVocabulary:
    """Returns the labels of a file, in its order; those without training texts are warned of.

    Args:
        path: str or path. What `read_label_names` reads.
        examples: sequence of Example. The training examples.
        kind: type. `LabelVocabulary`, or `LabelSets` where a text may have several.

    Returns:
        A value of that type.

    Raises:
        ValueError: a label of an example is not in the file, the examples do not have at least
            two different ones, or the file has a fault.
        FileNotFoundError: there is no such file.
    """
    listed = kind(read_label_names(path))
    seen = set(kind.from_examples(examples).names)
    if not seen.issubset(listed.names):
        pairs = ((example, label) for example in examples for label in example.labels)
        first = next((example, label) for example, label in pairs if label not in listed.names)
        raise ValueError(_unlisted(*first, listed.names, path))
    unused = [name for name in listed.names if name not in seen]
    if unused:
        _logger.warning(
            "%s: labels without training texts, which no model learns to answer with: %s.",
            *(path, _shown(unused)),
        )
    return listed


def _check(path, names):
    for line, name in enumerate(names, start=1):
        if not name.strip():
            raise ValueError(
                f"{path}:{line}: a label name must not be empty. Received: {name!r}. "
                "Take the line out."
            )
        if names.index(name) + 1 < line:
            raise ValueError(
                f"{path}:{line}: a label name must stand there once. "
                f"Received: {name!r}, as in line {names.index(name) + 1}."
            )
    if len(names) < 2:
        raise ValueError(f"{path}: there must be at least two label names. Received: {names[0]!r}.")


def _unlisted(example, label, names, path):
    similar = difflib.get_close_matches(label, names, n=1)
    hint = f"Did you mean {similar[0]!r}?" if similar else "Add it, or mend the row."
    return (
        f"{example.place}: the label of a training text must stand in {path}. "
        f"Received: {label!r}. {hint}"
    )


def _shown(names):
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(map(repr, names[:_NAMED])) + more
