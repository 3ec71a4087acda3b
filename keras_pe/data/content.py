"""What two texts must share to count as the same."""

import re

_WORDS = re.compile(r"\w+")


def content(text: str) -> str:
    """Returns a text without its case and without everything that is not a word character.

    A text without any word character, such as ":-)", is compared as it stands, but for the white
    space around it.

    Args:
        text: str.

    Returns:
        str; "" for an empty text alone.

    Example:
        >>> content("Don't  PANIC!"), content(" don t panic"), content(" :-) ")
        ('don t panic', 'don t panic', ':-)')
    """
    return " ".join(_WORDS.findall(text.lower())) or text.strip()
