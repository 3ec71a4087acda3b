"""What may be cleaned out of texts before they are tokenised, inside the graph."""

import tensorflow as tf

from keras_pe.text.entities import decode_entities

# A tag begins with a letter or a slash right after "<": "1 < 2" has none.
_TAGS = r"(?is)<!--.*?-->|</?[a-z][^<>]*>"
# But for tab, line feed and carriage return, which are white space.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}]"
# Soft hyphen, zero-width space, word joiner, byte order mark: they stand inside words. The joiners
# that emoji and some scripts are written with stay.
_INVISIBLE = r"[\x{ad}\x{200b}\x{2060}\x{feff}]"


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
    return tf.strings.regex_replace(texts, _TAGS, " ")


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
    texts = tf.strings.regex_replace(texts, _CONTROL, " ")
    return tf.strings.regex_replace(texts, _INVISIBLE, "")


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
    return tf.strings.strip(tf.strings.regex_replace(texts, r"[\s\v\x{85}\p{Z}]+", " "))


CLEANERS = {
    "entities": decode_entities,
    "tags": remove_tags,
    "control": remove_control,
    "spaces": collapse_spaces,
}
