"""Texts that were read with the wrong encoding somewhere on their way."""

import re

from keras_pe.data.checks.finding import Finding
from keras_pe.data.checks.matches import find_matches
from keras_pe.data.checks.parts import Parts

# What the bytes 0x80 to 0xBF become when UTF-8 is read as Latin-1 or as Windows-1252.
_LATER_BYTE = "[\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"
_PATTERNS = {
    "U+FFFD": re.compile("\ufffd"),
    # Two bytes: accented letters. Three: quotes, dashes, Chinese. Four: emoji. And the known
    # remains of U+FFFD and of fresh memory, read as GBK.
    "mojibake": re.compile(
        rf"[ÃÂ][\u0080-\u00bfŒœŠšŸŽžƒ‰‹›€™†‡]|[à-ï]{_LATER_BYTE}{{2}}|ð[\u0090\u009fŸ]{_LATER_BYTE}{{2}}"
        "|ï¿½|锟斤拷|烫烫烫|屯屯屯"
    ),
    "control characters": re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"),
    "byte order marks": re.compile("\ufeff"),
}


def encoding_trouble(parts: Parts) -> Finding:
    """Finds replacement characters, mojibake such as "â€™", control characters and order marks.

    U+0085 inside a text counts as a control character.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. Its numbers are the texts with each kind of trouble, and the share with any.
    """
    return find_matches(
        parts, _PATTERNS, check="encoding trouble", none="no sign of a wrong encoding"
    )
