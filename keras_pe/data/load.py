"""From data settings to training, validation and test examples."""

from keras_pe.data.datasets import DATASETS
from keras_pe.data.generated import generated_splits
from keras_pe.data.grouped_split import grouped_split
from keras_pe.data.hubs import hub_parts, is_of_hub
from keras_pe.data.label_names import read_label_names
from keras_pe.data.on_leak import without_leaks
from keras_pe.data.readers import read_examples, settings_used
from keras_pe.data.splits import Splits
from keras_pe.data.targets import TARGETS
from keras_pe.data.unknown_labels import with_known_labels
from keras_pe.data.word_order import word_order_examples

# What a tokenizer puts around a text.
_FRAME = 2


def load_splits(settings) -> Splits:
    """Reads the labelled text that the settings name.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig`, `problem_type`,
            `seed` and `max_length`.

    Returns:
        `Splits`; its test part is empty where no test file is given.

    Raises:
        ValueError: If neither or both of `dataset` and `train_file` are set, a file has a fault, a
            generated task cannot be made as told, a training text or its group is also held out
            where `on_leak` is "error", or a part has no label that training saw where
            `unknown_labels` is "drop".
        FileNotFoundError: If a file does not exist.
    """
    if (settings.dataset is None) == (settings.train_file is None):
        raise ValueError(
            "One of `dataset` and `train_file` must be set; train also takes a `prepared_dir`. "
            f"Received: dataset={settings.dataset!r}, train_file={settings.train_file!r}"
        )
    refuse_other_problems(settings)
    if settings.dataset in DATASETS:
        return _named(settings)
    if settings.dataset is not None and not is_of_hub(settings.dataset):
        return _generated(settings)
    train, validation, test = _from_hub(settings) if settings.dataset else _from_files(settings)
    if validation or test:
        train = without_leaks(train, [*validation, *test], on_leak=settings.on_leak)
    if not validation:
        train, held_out = _split(settings, train)
        return Splits(train, held_out, _known(settings, train, test, "test"))
    return Splits(
        train,
        _known(settings, train, validation, "validation"),
        _known(settings, train, test, "test"),
    )


def _split(settings, examples):
    target = TARGETS[settings.problem_type]
    how = {"fraction": settings.validation_fraction, "seed": settings.seed}
    if any(example.group is not None for example in examples):
        return grouped_split(examples, strata_of=target.strata, **how)
    return target.split(examples, **how)


def _from_files(settings):
    paths = {
        "train": settings.train_file,
        "validation": settings.validation_file,
        "test": settings.test_file,
    }
    return [_read(settings, path, part) if path else [] for part, path in paths.items()]


def _from_hub(settings):
    parts = hub_parts(settings)
    names = ("train", "validation", "test")
    return [_in_word_order(settings, list(parts.get(name, ()))) for name in names]


def _known(settings, train, examples, part):
    has_names = TARGETS[settings.problem_type].has_names
    if not examples or not has_names or settings.unknown_labels == "error":
        return examples
    listed = settings.label_names_file
    names = read_label_names(listed) if listed else {n for e in train for n in e.labels}
    return with_known_labels(examples, names, part=part)


def refuse_other_problems(settings) -> None:
    """Raises `ValueError` for named sets and tasks, of single labels, with other problems."""
    for name in ("dataset", "shuffle_distance"):
        value = getattr(settings, name)
        if settings.problem_type != "single_label" and value is not None:
            raise ValueError(
                f"`{name}` must be left out where a text has other labels than one of several. "
                f"Received: {name}={value!r}, problem_type={settings.problem_type!r}"
            )


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


def _read(settings, path, part):
    examples = read_examples(path, **how_to_read(settings, path, part))
    return _in_word_order(settings, list(examples))


def how_to_read(settings, path, part: str = "train") -> dict:
    """Returns the arguments by which `read_examples` reads a path as the settings say.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig`.
        path: str or path.
        part: str. `train`, `validation` or `test`: what the path is read for.

    Raises:
        As `read_examples` raises before it reads.
    """
    # Read only where it says something about the files, so that one without effect is noticed.
    used = settings_used(path, settings.format)
    how = {"format": settings.format, "problem_type": settings.problem_type}
    if "text_column" in used:
        own = settings.test_text_column if part == "test" else None
        how["text_column"] = own or settings.text_column
        if "," not in how["text_column"]:
            used.remove("text_separator")
        used.remove("text_column")
    if not TARGETS[settings.problem_type].several_labels:
        used.discard("label_separator")
    if part != "train":
        used.discard("weight_column")
    return how | {name: getattr(settings, name) for name in sorted(used)}


def _in_word_order(settings, examples):
    # Before anything is held out, so that the split is of the labels that are learned.
    distance = settings.shuffle_distance
    if distance is None:
        return examples
    if settings.second_text_column is not None:
        raise ValueError(
            "`shuffle_distance` must be left out with pairs of texts. "
            f"Received: second_text_column={settings.second_text_column!r}"
        )
    return word_order_examples(examples, distance=distance, seed=settings.seed)
