"""Which HTML entities are decoded, and into what: read in the graph and in plain Python alike."""

import html.entities

AMPERSAND = "(?i)&(?:amp|#0*38|#x0*26);"
ENTITY = "&(#0*[0-9]{1,7}|#[xX]0*[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,7});"
# They become plain ones.
ENTITY_SPACES = (0xA0, 0x2002, 0x2003, 0x2009)
# The names of HTML 4, as HTML 5 reads them, and two more.
ENTITY_NAMES = {
    name: html.entities.html5[f"{name};"].translate(dict.fromkeys(ENTITY_SPACES, " "))
    for name in sorted((*html.entities.name2codepoint, "apos", "dollar"))
}
# What pages mean by the numbers that Unicode leaves to control characters: WHATWG, HTML, 13.2.5.80,
# "numeric character reference end state".
WINDOWS_1252 = [
    ord(bytes([code]).decode("cp1252", "ignore") or chr(code)) for code in range(128, 160)
]
