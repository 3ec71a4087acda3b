"""What may be cleaned out of texts before they are tokenised, inside the graph."""

import tensorflow as tf

from keras_pe.text.cleaner_patterns import CLEANER_PATTERNS
from keras_pe.text.entities import decode_entities


def remove_tags(texts: tf.Tensor) -> tf.Tensor:
    """Puts a space for every HTML tag, `<br />` among them, and every comment.

    Args:
        texts: [B] string, UTF-8.

    Returns:
        [B] string.

    Example:
        >>> remove_tags(tf.constant(["Good.<br />1 < 2"])).numpy()[0].decode()
        'Good. 1 < 2'
    """
    return _replaced(texts, "tags")


def remove_control(texts: tf.Tensor) -> tf.Tensor:
    r"""Puts a space for every control character and takes out what is not seen inside words.

    Args:
        texts: [B] string, UTF-8.

    Returns:
        [B] string.

    Example:
        >>> remove_control(tf.constant(["a\x00b\tinter\u00adnet"])).numpy()[0].decode()
        'a b\tinternet'
    """
    return _replaced(texts, "control")


def collapse_spaces(texts: tf.Tensor) -> tf.Tensor:
    r"""Puts one space for any run of white space and none at the ends.

    Args:
        texts: [B] string, UTF-8.

    Returns:
        [B] string.

    Example:
        >>> collapse_spaces(tf.constant([" a \n b\u3000c "])).numpy()[0].decode()
        'a b c'
    """
    return _replaced(texts, "spaces")


def _replaced(texts: tf.Tensor, name: str) -> tf.Tensor:
    for pattern, replacement in CLEANER_PATTERNS[name]:
        texts = tf.strings.regex_replace(texts, pattern, replacement)
    return texts


CLEANERS = {
    "entities": decode_entities,
    "tags": remove_tags,
    "control": remove_control,
    "spaces": collapse_spaces,
}
