"""What each cleaner looks for and puts there, in order, as regular expressions.

They are written so that RE2, which TensorFlow has, and Python's `re` find the same; Java's and
ICU's, which phones have, should. A replacement is text in which no character means anything else.
"""

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
# Twice, where they were escaped twice.
_AMPERSAND, *_OTHERS = [(f"(?i)&(?:{names});", one) for one, names in _ENTITIES.items()]
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
    "entities": (_AMPERSAND, _AMPERSAND, *_OTHERS),
    "tags": ((_TAG, " "),),
    "control": ((_CONTROL, " "), (_INVISIBLE, "")),
    "spaces": ((_SPACES, " "), ("^ | $", "")),
}
