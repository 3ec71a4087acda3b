"""Which characters of a text are worth an entry in a vocabulary."""

import logging
from collections import Counter
from collections.abc import Callable

from keras_pe.text.special_tokens import UNKNOWN

# A character gets an entry if it appears this often, or is needed to cover this share of the texts.
# The others, at most one in 5,000, stay out: so [UNK] is met in training, and a stray symbol takes
# no entry. A corpus of less than 5,000 characters keeps them all.
_FREQUENT = 10
_COVERAGE = 0.9998

_logger = logging.getLogger(__name__)


def frequent_characters(
    characters: Counter[str], *, room: int, entries: Callable[[str], int] = lambda _: 1
) -> list[str]:
    """Returns the characters to keep, the most frequent first.

    Args:
        characters: how often each appears.
        room: int. Entries there are.
        entries: function from a character to the entries that it takes.

    Returns:
        List of str. That there is no room for all that should be kept is logged.

    Example:
        >>> frequent_characters(Counter("to be or not to be"), room=3)
        [' ', 'o', 't']
    """
    total = characters.total()
    kept, covered = [], 0
    for character in sorted(characters, key=lambda each: (-characters[each], each)):
        if covered >= _COVERAGE * total and characters[character] < _FREQUENT:
            break
        room -= entries(character)
        if room < 0:
            _logger.warning(
                "The vocabulary has room for %d of the %d different characters, %.2f %% of the "
                "text. Words with any other become %s: choose a larger vocabulary_size.",
                *(len(kept), len(characters), 100 * covered / total, UNKNOWN),
            )
            break
        kept.append(character)
        covered += characters[character]
    return kept
