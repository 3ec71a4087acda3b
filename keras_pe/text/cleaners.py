"""What may be cleaned out of texts before they are tokenised, inside the graph."""

import tensorflow as tf

# Each as a name, in decimal and in hexadecimal; those that scraped text has most.
_ENTITIES = {
    "&": "amp|#0*38|#x0*26",
    "<": "lt|#0*60|#x0*3c",
    ">": "gt|#0*62|#x0*3e",
    '"': "quot|#0*34|#x0*22",
    "'": "apos|#0*39|#x0*27",
    " ": "nbsp|ensp|emsp|thinsp|#0*32|#x0*20|#160|#xa0",
    "$": "dollar|#0*36|#x0*24",
    "–": "ndash|#8211|#x2013",
    "—": "mdash|#8212|#x2014",
    "‘": "lsquo|#8216|#x2018",
    "’": "rsquo|#8217|#x2019",
    "“": "ldquo|#8220|#x201c",
    "”": "rdquo|#8221|#x201d",
    "…": "hellip|#8230|#x2026",
    "·": "middot|#183|#xb7",
    "•": "bull|#8226|#x2022",
    "£": "pound|#163|#xa3",
    "€": "euro|#8364|#x20ac",
    "©": "copy|#169|#xa9",
    "®": "reg|#174|#xae",
    "™": "trade|#8482|#x2122",
    "é": "eacute|#233|#xe9",
}
# A tag begins with a letter or a slash right after "<": "1 < 2" has none.
_TAGS = r"(?is)<!--.*?-->|</?[a-z][^<>]*>"
# But for tab, line feed and carriage return, which are white space.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}]"
# Soft hyphen, zero-width space, word joiner, byte order mark: they stand inside words. The joiners
# that emoji and some scripts are written with stay.
_INVISIBLE = r"[\x{ad}\x{200b}\x{2060}\x{feff}]"


def decode_entities(texts: tf.Tensor) -> tf.Tensor:
    """Puts characters for the commonest HTML entities, twice where they were escaped twice.

    Args:
        texts: [B] string, UTF-8.

    Returns:
        [B] string. Entities that are not known stay as they are.

    Example:
        >>> decode_entities(tf.constant(["R&amp;amp;D &#39;98 &lt;b&gt;"])).numpy()[0].decode()
        "R&D '98 <b>"
    """
    ampersand, *others = _ENTITIES.items()
    for character, names in (ampersand, ampersand, *others):
        texts = tf.strings.regex_replace(texts, f"(?i)&(?:{names});", character)
    return texts


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
