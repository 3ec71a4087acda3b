"""What each cleaner looks for and puts there, in order, as regular expressions.

They are written so that RE2, which TensorFlow has, and Python's `re` find the same; Java's and
ICU's, which phones have, should. A replacement is text in which no character means anything else,
or the tables that HTML entities are looked up in: see `plain_entity`.
"""

from keras_pe.text.entity_table import (
    AMPERSAND,
    ENTITY,
    ENTITY_NAMES,
    ENTITY_SPACES,
    WINDOWS_1252,
)

# How the rest of an entity, which is in the first parentheses, is read.
_DECODED = {
    "names": ENTITY_NAMES,
    "windows_1252": WINDOWS_1252,
    "spaces": list(ENTITY_SPACES),
}
# A tag begins with a letter or a slash right after "<": "1 < 2" has none. The last two letters are
# what RE2 takes for an s and a k where case does not count.
_TAG = "(?s)<!--.*?-->|</?[a-zA-Z\u017f\u212a][^<>]*>"
# But for tab, line feed and carriage return, which are white space.
_CONTROL = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\x7f\x80-\x9f]"
# Soft hyphen, zero-width space, word joiner, byte order mark: they stand inside words. The joiners
# that emoji and some scripts are written with stay.
_INVISIBLE = "[\u00ad\u200b\u2060\ufeff]"
# White space of ASCII, a line break of Unicode, and its category Z.
_SPACES = "[\\t\\n\\x0b\\f\\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"

CLEANER_PATTERNS = {
    # Twice, where they were escaped twice.
    "entities": ((AMPERSAND, "&"), (AMPERSAND, "&"), (ENTITY, _DECODED)),
    "tags": ((_TAG, " "),),
    "control": ((_CONTROL, " "), (_INVISIBLE, "")),
    "spaces": ((_SPACES, " "), ("^ | $", "")),
}
