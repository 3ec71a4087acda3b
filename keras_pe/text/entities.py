"""HTML entities become characters, inside the graph."""

import html.entities

import tensorflow as tf

# Texts are valid UTF-8, in which this byte cannot stand.
_MARK = b"\xff"
_AMPERSAND = r"(?i)&(?:amp|#0*38|#x0*26);"
_ENTITY = r"&(#0*[0-9]{1,7}|#[xX]0*[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,7});"
_DIGITS = 8
_REPLACEMENT = 0xFFFD
_SPACES = (0xA0, 0x2002, 0x2003, 0x2009)
# The names of HTML 4, as HTML 5 reads them, and two more. All spaces become plain ones.
_NAMED = {
    name: html.entities.html5[f"{name};"].translate(dict.fromkeys(_SPACES, " "))
    for name in (*html.entities.name2codepoint, "apos", "dollar")
}
_NAMES, _CHARACTERS = (list(each) for each in zip(*sorted(_NAMED.items()), strict=True))
# What pages mean by the numbers that Unicode leaves to control characters: WHATWG, HTML, 13.2.5.80,
# "numeric character reference end state".
_WINDOWS = [ord(bytes([code]).decode("cp1252", "ignore") or chr(code)) for code in range(128, 160)]


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
        texts = tf.strings.regex_replace(texts, _AMPERSAND, "&")
    marked = tf.strings.regex_replace(texts, _ENTITY, _MARK + rb"\1" + _MARK)
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
    from_windows = tf.gather(_WINDOWS, tf.clip_by_value(number - 128, 0, len(_WINDOWS) - 1))
    number = tf.where((number >= 128) & (number < 160), from_windows, number)
    is_space = tf.reduce_any(number[:, None] == tf.constant(_SPACES), axis=1)
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
