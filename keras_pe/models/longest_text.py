"""How long the longest text is that a model will ever see."""


def longest_text(config) -> int:
    """Returns the tokens of the longest text, in training or after it.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> longest_text(ModelConfig(max_length=128, inference_length=2048))
        2048
    """
    return max(config.max_length, config.inference_length or 0)
