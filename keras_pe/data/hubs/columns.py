"""Which columns of a named set hold text, label and group: as told, or as its kinds tell."""

from collections.abc import Mapping, Sequence

from keras_pe.config import DataConfig
from keras_pe.data.readers.columns import refuse_label_as_group

# What can be read as a word.
_WORDS = ("class", "text", "number")


def text_columns(settings, kinds: Mapping[str, str], place: str, usual: str | None = None):
    """Returns the columns of the text.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig`.
        kinds: mapping from each column to what it holds: `text`, `class` or another word.
        place: str. The set, for messages.
        usual: str. The column that the set itself calls its input.

    Returns:
        List of str.

    Raises:
        ValueError: a column is not there or holds no text, or none can be told.
    """
    told = settings.text_column
    if told == DataConfig.text_column and told not in kinds:
        texts = [name for name, kind in kinds.items() if kind == "text"]
        told = usual or (texts[0] if len(texts) == 1 else told)
    names = [told] if told in kinds else [name.strip() for name in told.split(",")]
    for name in names:
        if kinds.get(name) != "text":
            raise ValueError(_wrong("text_column", name, kinds, "text", place))
    return names


def label_column(settings, kinds: Mapping[str, str], place: str, texts: Sequence[str]) -> str:
    """Returns the column of the label.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig`.
        kinds: mapping from each column to what it holds.
        place: str. The set, for messages.
        texts: sequence of str. The columns of the text.

    Returns:
        str.

    Raises:
        ValueError: the column is not there or holds no labels, or none can be told.
    """
    told = settings.label_column
    if told == DataConfig.label_column and told not in kinds:
        classes = [name for name, kind in kinds.items() if kind == "class"]
        told = classes[0] if len(classes) == 1 else told
    if kinds.get(told) not in _WORDS or told in texts:
        raise ValueError(_wrong("label_column", told, kinds, "classes, text or numbers", place))
    return told


def group_column(settings, kinds: Mapping[str, str], place: str, label: str) -> str | None:
    """Returns the column of the group, which may be one of text, too.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig`.
        kinds: mapping from each column to what it holds.
        place: str. The set, for messages.
        label: str. The column of the label.

    Returns:
        str, or None if none is asked for.

    Raises:
        ValueError: the column is not there, holds anything else, or is that of the label.
    """
    told = settings.group_column
    if told is None:
        return None
    if kinds.get(told) not in _WORDS:
        raise ValueError(_wrong("group_column", told, kinds, "classes, text or numbers", place))
    refuse_label_as_group(told, label, place)
    return told


def _wrong(setting: str, name: str, kinds: Mapping[str, str], wanted: str, place: str) -> str:
    found = ", ".join(f"{column!r} ({kind})" for column, kind in kinds.items())
    return (
        f"{place}: there must be a column {name!r} of {wanted} for `{setting}`. "
        f"Received: the columns {found}. Name one by --{setting}."
    )
