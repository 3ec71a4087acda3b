"""From data settings to training, validation and test examples."""

from keras_pe.data.datasets import DATASETS
from keras_pe.data.readers import read_examples
from keras_pe.data.splits import Splits, stratified_split


def load_splits(settings) -> Splits:
    """Reads the labelled text that the settings name.

    Args:
        settings: `DataConfig`, or a config that has its fields and `seed`.

    Returns:
        `Splits`; its test part is empty where no test file is given.

    Raises:
        ValueError: If neither or both of `dataset` and `train_file` are set, or a file has a fault.
        FileNotFoundError: If a file does not exist.
    """
    if (settings.dataset is None) == (settings.train_file is None):
        raise ValueError(
            "One of `dataset` and `train_file` must be set. "
            f"Received: dataset={settings.dataset!r}, train_file={settings.train_file!r}"
        )
    if settings.dataset is not None:
        return DATASETS[settings.dataset]()
    train = _read(settings, settings.train_file)
    test = _read(settings, settings.test_file) if settings.test_file else []
    if settings.validation_file:
        return Splits(train, _read(settings, settings.validation_file), test)
    kept, held_out = stratified_split(
        train, fraction=settings.validation_fraction, seed=settings.seed
    )
    return Splits(kept, held_out, test)


def _read(settings, path):
    # Read only where it joins something, so that a separator without effect is noticed.
    several = "," in settings.text_column
    examples = read_examples(
        path,
        text_column=settings.text_column,
        label_column=settings.label_column,
        text_separator=settings.text_separator if several else " ",
    )
    return list(examples)
