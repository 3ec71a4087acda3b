"""How many tokens of a text are read, in training and after it."""

# [CLS] and [SEP]; one more [SEP] between the texts of a pair.
_FRAME, _FRAME_OF_PAIRS = 2, 3


def trained_length(config) -> int:
    """Returns the tokens that a text is cut to in training.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Raises:
        ValueError: If neighbouring windows would share all they have room for, or the second text
            of a pair would leave no room.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> trained_length(ModelConfig(max_length=12))
        12
        >>> windows = {"truncation": "window", "window_overlap": 4, "max_windows": 3}
        >>> trained_length(ModelConfig(max_length=12, **windows))  # 2 + 10 + 2 * (10 - 4)
        24
    """
    if config.truncation != "window":
        return config.max_length
    overlap, room = window_overlap(config), config.max_length - _FRAME
    if config.text_pairs:
        second, room = second_length(config), config.max_length - _FRAME_OF_PAIRS
        if overlap + second >= room:
            raise ValueError(
                "`window_overlap` and `second_length` must together be less than the "
                f"{max(room, 0)} tokens of both texts that a window of "
                f"max_length={config.max_length} has room for. Received: "
                f"window_overlap={overlap}, second_length={second}"
            )
        room -= second
    if overlap >= room:
        raise ValueError(
            f"`window_overlap` must be less than the {room} tokens of a text that a window of "
            f"max_length={config.max_length} has room for. Received: window_overlap={overlap}"
        )
    return config.max_length + (config.max_windows - 1) * (room - overlap)


def read_length(config) -> int:
    """Returns the tokens that a text is cut to once the model is trained.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> read_length(ModelConfig()), read_length(ModelConfig(inference_length=2048))
        (128, 2048)
    """
    return config.inference_length or trained_length(config)


def window_overlap(config) -> int:
    """Returns the tokens that neighbouring windows share: a quarter of one, if nothing was said.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> window_overlap(ModelConfig(max_length=128))
        32
    """
    return config.max_length // 4 if config.window_overlap is None else config.window_overlap


def second_length(config) -> int:
    """Returns the tokens that are kept of a second text beside windows of the first.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> second_length(ModelConfig(max_length=128))
        32
    """
    return config.max_length // 4 if config.second_length is None else config.second_length


def pair_windows(config) -> dict[str, int]:
    """Returns what a tokenizer must know to cut pairs whose first text is read in windows.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Returns:
        dict of arguments of `truncating`; empty where nothing is read so.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> pair_windows(ModelConfig(max_length=64, truncation="window", text_pairs=True))
        {'window_length': 64, 'second_length': 16}
    """
    if config.truncation != "window" or not config.text_pairs:
        return {}
    return {"window_length": config.max_length, "second_length": second_length(config)}
