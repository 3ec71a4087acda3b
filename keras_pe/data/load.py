"""From data settings to training, validation and test examples."""

from keras_pe.data.datasets import DATASETS
from keras_pe.data.generated import generated_splits
from keras_pe.data.label_names import read_label_names
from keras_pe.data.on_leak import without_leaks
from keras_pe.data.readers import read_examples, settings_used
from keras_pe.data.splits import Splits
from keras_pe.data.stratified_split import stratified_split
from keras_pe.data.unknown_labels import with_known_labels
from keras_pe.data.word_order import word_order_examples

# What a tokenizer puts around a text.
_FRAME = 2


def load_splits(settings) -> Splits:
    """Reads the labelled text that the settings name.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig`, `seed` and
            `max_length`.

    Returns:
        `Splits`; its test part is empty where no test file is given.

    Raises:
        ValueError: If neither or both of `dataset` and `train_file` are set, a file has a fault, a
            generated task cannot be made as told, a training text is also held out where `on_leak`
            is "error", or a part has no label that training saw where `unknown_labels` is "drop".
        FileNotFoundError: If a file does not exist.
    """
    if (settings.dataset is None) == (settings.train_file is None):
        raise ValueError(
            "One of `dataset` and `train_file` must be set. "
            f"Received: dataset={settings.dataset!r}, train_file={settings.train_file!r}"
        )
    if settings.dataset in DATASETS:
        return _named(settings)
    if settings.dataset is not None:
        return _generated(settings)
    train = _read(settings, settings.train_file)
    test = _read(settings, settings.test_file) if settings.test_file else []
    validation = _read(settings, settings.validation_file) if settings.validation_file else []
    if validation or test:
        train = without_leaks(train, [*validation, *test], on_leak=settings.on_leak)
    if not validation:
        train, held_out = stratified_split(
            train, fraction=settings.validation_fraction, seed=settings.seed
        )
        return Splits(train, held_out, _known(settings, train, test, "test"))
    return Splits(
        train,
        _known(settings, train, validation, "validation"),
        _known(settings, train, test, "test"),
    )


def _known(settings, train, examples, part):
    if not examples or settings.unknown_labels == "error":
        return examples
    listed = settings.label_names_file
    names = read_label_names(listed) if listed else {example.label for example in train}
    return with_known_labels(examples, names, part=part)


def _named(settings):
    splits = DATASETS[settings.dataset]()
    parts = (splits.train, splits.validation, splits.test)
    return Splits(*(_in_word_order(settings, part) for part in parts))


def _generated(settings):
    if settings.shuffle_distance is not None:
        raise ValueError(
            "`shuffle_distance` must be left out with a generated task, whose labels are true for "
            f"the order of its tokens. Received: dataset={settings.dataset!r}, "
            f"shuffle_distance={settings.shuffle_distance}"
        )
    return generated_splits(
        settings.dataset,
        train_size=settings.task_examples,
        longest=settings.max_length - _FRAME,
        seed=settings.seed,
    )


def _read(settings, path):
    examples = read_examples(path, format=settings.format, **_how_to_read(settings, path))
    return _in_word_order(settings, list(examples))


def _how_to_read(settings, path):
    # Read only where it says something about the files, so that one without effect is noticed.
    used = settings_used(path, settings.format)
    if "text_column" in used and "," not in settings.text_column:
        used.remove("text_separator")
    return {name: getattr(settings, name) for name in sorted(used)}


def _in_word_order(settings, examples):
    # Before anything is held out, so that the split is of the labels that are learned.
    distance = settings.shuffle_distance
    if distance is None:
        return examples
    return word_order_examples(examples, distance=distance, seed=settings.seed)
