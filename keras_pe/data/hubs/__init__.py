"""Named sets of labelled text from the hubs of two libraries: `hf:name` and `tfds:name`."""

from keras_pe.data.hubs.hub_set import HubSet
from keras_pe.data.hubs.hugging_face import open_hugging_face
from keras_pe.data.hubs.tensorflow_datasets import open_tensorflow_datasets

__all__ = ["HUBS", "HubSet", "hub_parts", "is_of_hub"]

HUBS = {
    "hf:": open_hugging_face,
    "tfds:": open_tensorflow_datasets,
}


def is_of_hub(dataset: str | None) -> bool:
    """Returns whether the name of a set says that it is from a hub.

    Example:
        >>> is_of_hub("hf:fancyzhx/ag_news"), is_of_hub("docstrings"), is_of_hub(None)
        (True, False, False)
    """
    return bool(dataset) and dataset.startswith(tuple(HUBS))


def hub_parts(settings) -> dict[str, HubSet]:
    """Opens the set that `dataset` names.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig`.

    Returns:
        dict from `train`, and `validation` and `test` where the set has them, to `HubSet`.

    Raises:
        ImportError: the library of the hub is not installed.
        ValueError: there is no such set, or no way to it; or its columns are not as told.
    """
    prefix, name = settings.dataset.split(":", 1)
    return HUBS[f"{prefix}:"](name, settings)
