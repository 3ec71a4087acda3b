"""Sets that the `datasets` library of Hugging Face loads, by name or from a folder."""

from collections.abc import Iterator

from keras_pe.data.hubs.columns import group_column, label_column, text_columns
from keras_pe.data.hubs.hub_set import HubSet

_PARTS = {"train": ("train",), "validation": ("validation", "dev", "valid"), "test": ("test",)}


def open_hugging_face(name: str, settings) -> dict[str, HubSet]:
    """Loads a set, from the cache if it is there; its rows stay on disk.

    Args:
        name: str. Name on the hub or a folder, then `:configuration` if there are several.
        settings: `RunConfig`, or a config that has the fields of `DataConfig`.

    Returns:
        dict from part to `HubSet`.

    Raises:
        ImportError: `datasets` is not installed.
        ValueError: the set cannot be loaded, or its columns are not as told.
    """
    found = _load(name)
    place = f"hf:{name}"
    parts = {
        part: _part(found[own], f"{place}/{own}", settings)
        for part, names in _PARTS.items()
        for own in names
        if own in found
    }
    if "train" not in parts:
        raise ValueError(
            f"{place}: the set must have a split named train. Received: {', '.join(found)}."
        )
    return parts


def _load(name: str):
    try:
        import datasets
    except ImportError as error:
        raise ImportError(
            f"hf:{name}: such sets need the library datasets, which is not installed. "
            "Install it: pip install 'keras-pe[hf]'"
        ) from error
    path, _, configuration = name.partition(":")
    try:
        return datasets.load_dataset(path, configuration or None)
    # The library raises errors of many kinds, its own and those of what it stands on.
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise ValueError(
            f"hf:{name}: the set must be on the hub, in the cache, or a folder. Received: {said}. "
            "Is the name right, and is there a network? What is loaded once is found again "
            "without one."
        ) from error


def _part(rows, place: str, settings) -> HubSet:
    kinds = {column: _kind(feature) for column, feature in rows.features.items()}
    texts = text_columns(settings, kinds, place)
    label = label_column(settings, kinds, place, texts)
    group = group_column(settings, kinds, place, label)
    chosen = rows.select_columns([each for each in kinds if each in {*texts, label, group}])
    separator = settings.text_separator if len(texts) > 1 else ""
    return HubSet(
        place=place,
        rows=lambda: _rows(chosen, texts, label, group),
        size=len(rows),
        grouped=group is not None,
        separator=separator,
    )


def _rows(rows, texts, label, group) -> Iterator[tuple[list[str], str | None, str | None]]:
    names = {name: getattr(rows.features[name], "names", None) for name in (label, group) if name}
    for row in rows:
        words = {name: _word(row[name], classes) for name, classes in names.items()}
        yield [row[name] or "" for name in texts], words[label], words.get(group)


def _word(value, classes: list[str] | None) -> str | None:
    # -1 stands for no class, as in the test parts of GLUE.
    if classes is not None:
        value = classes[value] if value is not None and value >= 0 else None
    return None if value is None else str(value)


def _kind(feature) -> str:
    import datasets

    if isinstance(feature, datasets.ClassLabel):
        return "class"
    kind = getattr(feature, "dtype", None)
    if isinstance(feature, datasets.Value) and isinstance(kind, str):
        if kind in ("string", "large_string", "string_view"):
            return "text"
        if kind == "bool" or "int" in kind:
            return "number"
    return type(feature).__name__ if kind is None else str(kind)
