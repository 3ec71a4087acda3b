"""Whether a model reads pairs of texts."""

import dataclasses


def with_text_pairs(config):
    """Returns the config with `text_pairs` as the data say it.

    Args:
        config: `RunConfig`.

    Returns:
        A config of the same type.

    Raises:
        ValueError: If pairs were asked for, and there is no column of second texts.

    Example:
        >>> from keras_pe.config import RunConfig
        >>> with_text_pairs(RunConfig(second_text_column="answer")).text_pairs
        True
    """
    pairs = config.second_text_column is not None
    if config.text_pairs and not pairs:
        raise ValueError(
            "`text_pairs` is read from the data, and there is no second_text_column. "
            "Received: text_pairs=True. Leave it out."
        )
    return dataclasses.replace(config, text_pairs=pairs)
