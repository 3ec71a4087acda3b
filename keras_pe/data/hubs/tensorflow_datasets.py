"""Sets that TensorFlow Datasets builds and keeps."""

from collections.abc import Iterator

from keras_pe.data.hubs.columns import group_column, label_column, text_columns
from keras_pe.data.hubs.hub_set import HubSet


def open_tensorflow_datasets(name: str, settings) -> dict[str, HubSet]:
    """Opens a set, and builds it first if it is not there; its rows stay on disk.

    Sets are kept where TensorFlow Datasets keeps them: `TFDS_DATA_DIR` names the folder.

    Args:
        name: str. As `tfds.load` takes it, such as `glue/sst2` or `ag_news_subset:1.0.0`.
        settings: `RunConfig`, or a config that has the fields of `DataConfig`.

    Returns:
        dict from part to `HubSet`.

    Raises:
        ImportError: `tensorflow-datasets` is not installed.
        ValueError: the set cannot be built, or its columns are not as told.
    """
    builder = _built(name)
    splits = builder.info.splits
    parts = {
        part: _part(builder, part, f"tfds:{name}/{part}", settings)
        for part in ("train", "validation", "test")
        if part in splits
    }
    if "train" not in parts:
        raise ValueError(
            f"tfds:{name}: the set must have a split named train. Received: {', '.join(splits)}."
        )
    return parts


def _built(name: str):
    try:
        import tensorflow_datasets as tfds
    except ImportError as error:
        raise ImportError(
            f"tfds:{name}: such sets need tensorflow-datasets, which is not installed. "
            "Install it: pip install 'keras-pe[tfds]'"
        ) from error
    try:
        builder = tfds.builder(name)
        builder.download_and_prepare()
    # The library raises errors of many kinds, its own and those of what it stands on.
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise ValueError(
            f"tfds:{name}: the set must be in TensorFlow Datasets. Received: {said}. Is the name "
            "right, and is there a network? What is built once is found again without one."
        ) from error
    return builder


def _part(builder, part: str, place: str, settings) -> HubSet:
    features = builder.info.features
    kinds = {column: _kind(feature) for column, feature in features.items()}
    usual = (builder.info.supervised_keys or (None,))[0]
    texts = text_columns(settings, kinds, place, usual if isinstance(usual, str) else None)
    label = label_column(settings, kinds, place, texts)
    group = group_column(settings, kinds, place, label)
    return HubSet(
        place=place,
        rows=lambda: _rows(builder, part, texts, label, group),
        size=builder.info.splits[part].num_examples,
        grouped=group is not None,
        separator=settings.text_separator if len(texts) > 1 else "",
    )


def _rows(builder, part, texts, label, group) -> Iterator[tuple[list[str], str | None, str | None]]:
    import tensorflow_datasets as tfds

    names = {
        name: getattr(builder.info.features[name], "names", None) for name in (label, group) if name
    }
    for row in tfds.as_numpy(builder.as_dataset(split=part, shuffle_files=False)):
        words = {name: _word(row[name], classes) for name, classes in names.items()}
        yield [_decoded(row[name]) for name in texts], words[label], words.get(group)


def _word(value, classes: list[str] | None) -> str | None:
    if classes is not None:
        return classes[value] if value >= 0 else None
    return _decoded(value) if isinstance(value, bytes) else str(value)


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _kind(feature) -> str:
    import tensorflow_datasets as tfds

    if isinstance(feature, tfds.features.ClassLabel):
        return "class"
    if isinstance(feature, tfds.features.Text):
        return "text"
    kind = getattr(feature, "np_dtype", None)
    if isinstance(feature, tfds.features.Scalar) and kind is not None:
        return "text" if kind in (object, str) else "number"
    return type(feature).__name__
