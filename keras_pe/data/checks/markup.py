"""Texts that carry the markup of the page they come from."""

import re

from keras_pe.data.checks.finding import Finding
from keras_pe.data.checks.matches import find_matches
from keras_pe.data.checks.parts import Parts

_TAGS = (
    "a|abbr|b|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|img|input|li|link|ol|"
    "option|p|pre|s|script|small|span|strong|strike|style|sub|sup|table|tbody|td|th|tr|tt|u|ul"
)
_NAMES = "amp|apos|copy|gt|hellip|laquo|ldquo|lsquo|lt|mdash|nbsp|ndash|quot|raquo|rdquo|rsquo"
_PATTERNS = {
    "tags": re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE),
    "entities": re.compile(rf"&(?:{_NAMES}|#\d{{1,6}}|#x[0-9a-f]{{1,6}});", re.IGNORECASE),
    # `&#39;` and `&quot;` after somebody has removed the ampersand, as in AG News.
    "broken entities": re.compile(rf"(?<![&\w])(?:#\d{{2,4}}|{_NAMES});"),
}


def markup(parts: Parts) -> Finding:
    """Finds HTML tags and entities, whole and broken.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. Its numbers are the texts with each kind of markup, and the share with any.
    """
    return find_matches(parts, _PATTERNS, check="HTML", none="no HTML tags or entities")
