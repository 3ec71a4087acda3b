"""`ByteTokenizer` in plain Python."""

from keras_pe.text.plain.plain_tokenizer import PlainTokenizer
from keras_pe.text.special_tokens import SPECIAL_TOKENS


class PlainBytes(PlainTokenizer):
    """Gives the bytes of a text's UTF-8, behind the special tokens.

    Args:
        **shared: of `PlainTokenizer`.

    Example:
        >>> from keras_pe.text.plain.plain_framing import PlainFraming
        >>> from keras_pe.text.plain.plain_preparation import PlainPreparation
        >>> table = {"separate": [], "alone": [], "removed": [], "replaced": {}}
        >>> shared = {"prepare": PlainPreparation(table), "frame": PlainFraming(2, 3, max_length=8)}
        >>> PlainBytes(**shared)("Aé")
        [2, 70, 200, 174, 3]
    """

    def pieces(self, text: str, most: int | None) -> list[int]:
        """Returns the ids of a prepared text; of more than `most`, any beyond may be missing."""
        return [byte + len(SPECIAL_TOKENS) for byte in text[:most].encode()]
