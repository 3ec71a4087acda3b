"""`CharacterTokenizer` in plain Python."""

from collections.abc import Sequence

from keras_pe.text.plain.plain_tokenizer import PlainTokenizer
from keras_pe.text.special_tokens import SPECIAL_TOKENS, UNKNOWN

# The name of the one character that cannot stand on a line by itself.
_NAMES = {"<0x0A>": "\n"}


class PlainCharacters(PlainTokenizer):
    r"""Gives the ids of the code points of a text; one that the vocabulary lacks is [UNK].

    Args:
        vocabulary: special tokens and characters, in the order of their ids, `<0x0A>` for a line
            feed.
        **shared: of `PlainTokenizer`.

    Example:
        >>> from keras_pe.text.plain.plain_framing import PlainFraming
        >>> from keras_pe.text.plain.plain_preparation import PlainPreparation
        >>> table = {"separate": [], "alone": [], "removed": [], "replaced": {}}
        >>> shared = {"prepare": PlainPreparation(table), "frame": PlainFraming(2, 3, max_length=8)}
        >>> vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "茶", "<0x0A>"]
        >>> PlainCharacters(vocabulary, **shared)("茶b\n")
        [2, 4, 1, 5, 3]
    """

    def __init__(self, vocabulary: Sequence[str], **shared):
        super().__init__(**shared)
        self._unknown = vocabulary.index(UNKNOWN)
        self._ids = {
            _NAMES.get(piece, piece): number
            for number, piece in enumerate(vocabulary)
            if piece not in SPECIAL_TOKENS
        }

    def pieces(self, text: str, most: int | None) -> list[int]:
        """Returns the ids of a prepared text; of more than `most`, any beyond may be missing."""
        return [self._ids.get(character, self._unknown) for character in text[:most]]
