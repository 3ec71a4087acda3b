"""HTML entities become characters, inside the graph."""

import tensorflow as tf

from keras_pe.text.entity_table import (
    AMPERSAND,
    ENTITY,
    ENTITY_NAMES,
    ENTITY_SPACES,
    WINDOWS_1252,
)

# Texts are valid UTF-8, in which this byte cannot stand.
_MARK = b"\xff"
_DIGITS = 8
_REPLACEMENT = 0xFFFD
_NAMES, _CHARACTERS = list(ENTITY_NAMES), list(ENTITY_NAMES.values())


def decode_entities(texts: tf.Tensor) -> tf.Tensor:
    r"""Puts characters for HTML entities, twice where they were escaped twice.

    All numeric ones, in decimal and in hexadecimal, and the 252 names of HTML 4, `apos` and
    `dollar`; all end in a semicolon. Numbers 128 to 159 are read as Windows-1252, as browsers do;
    one that is no character becomes U+FFFD.

    Args:
        texts: [B] string, UTF-8.

    Returns:
        [B] string. Names that are not known stay as they are.

    Example:
        >>> decode_entities(tf.constant(["R&amp;amp;D &#39;98 &#x4e2d; &lt;b&gt;"])).numpy()[0]
        b"R&D '98 \xe4\xb8\xad <b>"
    """
    for _ in range(2):
        texts = tf.strings.regex_replace(texts, AMPERSAND, "&")
    marked = tf.strings.regex_replace(texts, ENTITY, _MARK + rb"\1" + _MARK)
    pieces = tf.strings.split(marked, _MARK)
    # Text and entities by turns, text first.
    places = tf.ragged.range(pieces.row_lengths()).flat_values
    at = tf.where(places % 2 == 1)
    bodies = tf.gather_nd(pieces.flat_values, at)
    values = tf.tensor_scatter_nd_update(pieces.flat_values, at, _decoded(bodies))
    return tf.strings.reduce_join(pieces.with_flat_values(values), axis=-1)


def _decoded(bodies: tf.Tensor) -> tf.Tensor:
    """Returns the characters of entities without `&` and `;`, [M] string."""
    is_number = tf.strings.regex_full_match(bodies, "#.*")
    return tf.where(is_number, _of_numbers(bodies), _of_names(bodies))


def _of_numbers(bodies: tf.Tensor) -> tf.Tensor:
    base = tf.where(tf.strings.regex_full_match(bodies, "#[xX].*"), 16, 10)
    digits = tf.strings.regex_replace(bodies, "^#[xX]?0*", "")
    padded = tf.strings.substr(tf.strings.join(["0" * _DIGITS, digits]), -_DIGITS, _DIGITS)
    codes = tf.strings.unicode_decode(padded, "UTF-8").to_tensor(shape=[None, _DIGITS])
    numbers = tf.where(codes < ord("A"), codes - ord("0"), (codes | 32) - ord("a") + 10)
    number = tf.zeros_like(base)
    for place in range(_DIGITS):
        number = number * base + numbers[:, place]
    return tf.strings.unicode_encode(_character(number)[:, None], "UTF-8")


def _character(number: tf.Tensor) -> tf.Tensor:
    from_windows = tf.gather(WINDOWS_1252, tf.clip_by_value(number - 128, 0, len(WINDOWS_1252) - 1))
    number = tf.where((number >= 128) & (number < 160), from_windows, number)
    is_space = tf.reduce_any(number[:, None] == tf.constant(ENTITY_SPACES), axis=1)
    is_half = (number >= 0xD800) & (number < 0xE000)
    is_none = (number <= 0) | (number > 0x10FFFF) | is_half
    return tf.where(is_none, _REPLACEMENT, tf.where(is_space, ord(" "), number))


def _of_names(bodies: tf.Tensor) -> tf.Tensor:
    found = tf.strings.join(["&", bodies, ";"])
    # `&AMP;` is one too, but `&Eacute;` and `&eacute;` are two: as it stands counts most.
    for names in (tf.strings.lower(bodies), bodies):
        same = names[:, None] == tf.constant(_NAMES)
        named = tf.gather(_CHARACTERS, tf.argmax(tf.cast(same, tf.int32), axis=1))
        found = tf.where(tf.reduce_any(same, axis=1), named, found)
    return found
