"""How long the longest text is that an encoder will ever see."""


def longest_text(config) -> int:
    """Returns the tokens of the longest text, or window of one, in training or after it.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> longest_text(ModelConfig(max_length=128, inference_length=2048))
        2048
    """
    if config.truncation == "window":
        return config.max_length
    return max(config.max_length, config.inference_length or 0)
