"""`WordPieceTokenizer` and `WordTokenizer` in plain Python."""

from collections.abc import Sequence

from keras_pe.text.plain.plain_tokenizer import PlainTokenizer
from keras_pe.text.special_tokens import UNKNOWN

# A longer word is [UNK], as in TensorFlow Text.
LONGEST_WORD_BYTES = 100


class PlainWordPiece(PlainTokenizer):
    """Gives the ids that `WordPieceTokenizer` gives, with the standard library alone.

    The prepared text is cut at spaces. A word of more than 100 bytes of UTF-8 is [UNK]. Of a word
    the longest beginning that the vocabulary has is taken, then of the rest the longest that it has
    with `##` before it, and so on. If nothing fits, the word is [UNK].

    Args:
        vocabulary: the pieces, in the order of their ids.
        **shared: of `PlainTokenizer`.

    Example:
        >>> from keras_pe.text.plain.plain_framing import PlainFraming
        >>> from keras_pe.text.plain.plain_preparation import PlainPreparation
        >>> space, mark = [[32, 32]], [[33, 33]]
        >>> table = {"separate": space, "alone": mark, "removed": [], "replaced": {"T": "t"}}
        >>> pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "tea", "##s", "!"]
        >>> shared = {"prepare": PlainPreparation(table), "frame": PlainFraming(2, 3, max_length=8)}
        >>> PlainWordPiece(pieces, **shared)("Teas and tea!")
        [2, 4, 5, 1, 4, 6, 3]
    """

    def __init__(self, vocabulary: Sequence[str], **shared):
        super().__init__(**shared)
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._longest_piece = max(map(len, vocabulary))
        self._unknown = self._ids[UNKNOWN]
        self._known: dict[str, list[int]] = {}

    def pieces(self, text: str, most: int | None) -> list[int]:
        """Returns the ids of a prepared text; of more than `most`, any beyond may be missing."""
        ids: list[int] = []
        for word in text.split(" "):
            if word:
                ids += self._spelled(word)
                if most is not None and len(ids) >= most:
                    break
        return ids

    def _spelled(self, word: str) -> list[int]:
        ids = self._known.get(word)
        if ids is None:
            ids = self._known[word] = self._spell(word) or [self._unknown]
        return ids

    def _spell(self, word: str) -> list[int] | None:
        if len(word.encode()) > LONGEST_WORD_BYTES:
            return None
        ids, start = [], 0
        while start < len(word):
            before = "##" if start else ""
            for end in range(min(len(word), start + self._longest_piece), start, -1):
                number = self._ids.get(before + word[start:end])
                if number is not None:
                    ids.append(number)
                    start = end
                    break
            else:
                return None
        return ids
