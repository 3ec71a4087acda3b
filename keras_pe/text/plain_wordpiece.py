"""The tokenizer of an exported model in plain Python: the reference for other languages."""

from collections.abc import Mapping, Sequence

from keras_pe.text.special_tokens import END, START, UNKNOWN

# A longer word is [UNK], as in TensorFlow Text.
LONGEST_WORD_BYTES = 100


class PlainWordPiece:
    """Gives the ids that `WordPieceTokenizer` gives, with the standard library alone.

    1. Each character is replaced by what the character table says: a space for what separates
       words, itself between spaces for a word of its own, nothing, or other text.
    2. The result is cut at spaces. A word of more than 100 bytes of UTF-8 is [UNK].
    3. Of a word the longest beginning that the vocabulary has is taken, then of the rest the
       longest that it has with `##` before it, and so on. If nothing fits, the word is [UNK].
    4. [CLS], as many ids as there is room for, [SEP].

    Args:
        vocabulary: the pieces, in the order of their ids.
        characters: as `character_table` returns it.
        max_length: int. Ids of a text, [CLS] and [SEP] included.
        from_start: int. How many ids of a text that is too long are those of its beginning; the
            others are those of its end. None for all.

    Example:
        >>> space, mark = [[32, 32]], [[33, 33]]
        >>> table = {"separate": space, "alone": mark, "removed": [], "replaced": {"T": "t"}}
        >>> pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "tea", "##s", "!"]
        >>> PlainWordPiece(pieces, table, max_length=8)("Teas and tea!")
        [2, 4, 5, 1, 4, 6, 3]
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        characters: Mapping,
        max_length: int,
        from_start: int | None = None,
    ):
        self.max_length = max_length
        self._room = max_length - 2
        self._from_start = self._room if from_start is None else from_start
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._longest_piece = max(map(len, vocabulary))
        self._start, self._end, self._unknown = (self._ids[name] for name in (START, END, UNKNOWN))
        self._become = _translation(characters)
        self._known: dict[str, list[int]] = {}

    def __call__(self, text: str | bytes) -> list[int]:
        """Returns the ids of a text; bytes that are not UTF-8 count as U+FFFD."""
        if isinstance(text, str):
            text = text.encode("utf-8", "surrogatepass")
        only_start = self._from_start == self._room
        ids: list[int] = []
        for word in text.decode("utf-8", "replace").translate(self._become).split(" "):
            if word:
                ids += self._spelled(word)
                if only_start and len(ids) >= self._room:
                    break
        return [self._start, *self._cut(ids), self._end]

    def _cut(self, ids: list[int]) -> list[int]:
        if len(ids) <= self._room:
            return ids
        from_end = len(ids) - (self._room - self._from_start)
        return ids[: self._from_start] + ids[from_end:]

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


def _translation(characters: Mapping) -> dict[int, str]:
    """Returns what `str.translate` needs."""
    become = {}
    for kind, form in (("separate", " "), ("alone", None), ("removed", "")):
        for first, last in characters[kind]:
            for point in range(first, last + 1):
                become[point] = f" {chr(point)} " if form is None else form
    return become | {ord(one): text for one, text in characters["replaced"].items()}
