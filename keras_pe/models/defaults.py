"""Defaults that differ from model to model."""

import dataclasses

from keras_pe.config.text_length import second_length, window_overlap
from keras_pe.models.lookup import look_up

DEFAULTS = {
    "lstm": {"hidden_dim": 64, "dropout": 0.2, "word_dropout": 0.0, "pooling": "last"},
    "transformer": {"hidden_dim": 128, "dropout": 0.1, "word_dropout": 0.2, "pooling": "mean"},
}


def resolve_defaults(config):
    """Returns the config with the chosen model's defaults where nothing was said.

    Args:
        config: `ModelConfig` or a config that has its fields.

    Returns:
        A config of the same type.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> resolve_defaults(ModelConfig(model="lstm")).hidden_dim
        64
    """
    defaults = dict(look_up(DEFAULTS, "model", config.model))
    if config.truncation == "window":
        defaults["window_overlap"] = window_overlap(config)
        if config.text_pairs:
            defaults["second_length"] = second_length(config)
    unset = {name: value for name, value in defaults.items() if getattr(config, name) is None}
    return dataclasses.replace(config, **unset)
