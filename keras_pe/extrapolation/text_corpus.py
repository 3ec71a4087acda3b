"""The labelled texts of a study: which are read."""

import dataclasses

from keras_pe.config import ExtrapolationConfig, SettingsRead
from keras_pe.data.load import load_splits
from keras_pe.data.splits import Splits
from keras_pe.extrapolation.cells import CELL_SETTINGS
from keras_pe.extrapolation.records import GROWS

# Read when the tokenizer is learned.
_TEXT = ("tokenizer", "lowercase", "unicode_normalization", "clean", "vocabulary_file")

SHORTEST_CUT = 3  # A first token, a word, a last token.


def read_splits(config) -> Splits:
    """Reads the texts of a study.

    Nothing is chosen on validation texts: they are trained on where there are test texts, else they
    are the test texts.

    Args:
        config: `ExtrapolationConfig` that names labelled texts.

    Raises:
        ValueError: If a setting is wrong or has no effect, or a file has a fault.
        FileNotFoundError: If a file does not exist.
    """
    settings = SettingsRead(config)
    if settings.train_length < SHORTEST_CUT:
        raise ValueError(
            f"`train_length` must be at least {SHORTEST_CUT} for labelled texts, whose first and "
            f"last token are not of the text. Received: train_length={config.train_length}"
        )
    for name, needed in (("problem_type", "single_label"), ("weight_column", None)):
        if getattr(config, name) != needed:
            raise ValueError(
                "A study compares encodings by texts that have one label each and all count alike. "
                f"Received: {name}={getattr(config, name)!r}. Leave it out."
            )
    splits = load_splits(settings)
    _refuse_unused(settings, config)
    if splits.test:
        return Splits([*splits.train, *splits.validation], [], splits.test)
    return Splits(splits.train, [], splits.validation)


def _refuse_unused(settings, config):
    defaults = {field.name: field.default for field in dataclasses.fields(config)}
    for name in ("validation_file", "validation_fraction"):
        value = getattr(config, name)
        if config.test_file and value != defaults[name]:
            raise ValueError(
                f"`{name}` must not be set beside `test_file`: a study chooses nothing on "
                f"validation texts. Received: {name}={value!r}. Leave it out."
            )
    if config.second_text_column is not None:
        raise ValueError(
            "`second_text_column` must be left out in a study of lengths, which cuts single texts. "
            f"Received: second_text_column={config.second_text_column!r}"
        )
    read = ("vocabulary_size", "batch_size", "long_texts", "steps", "samples", *_TEXT)
    settings.refuse_unread(
        ExtrapolationConfig, because="labelled texts", but_for=(*read, *CELL_SETTINGS, *GROWS)
    )
