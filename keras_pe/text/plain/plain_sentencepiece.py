"""`UnigramTokenizer` and `BytePairTokenizer` without TensorFlow."""

import sentencepiece

from keras_pe.text.plain.plain_tokenizer import PlainTokenizer
from keras_pe.text.special_tokens import SPECIAL_TOKENS, UNKNOWN


class PlainSentencePiece(PlainTokenizer):
    """Gives the ids of a SentencePiece model, with the library `sentencepiece`, which is C++.

    Args:
        model: bytes. The serialised model.
        id_shift: int. What is added to the ids of the model. Its unknown piece is [UNK], 1.
        **shared: of `PlainTokenizer`.

    Example:
        >>> from keras_pe.text.plain.plain_framing import PlainFraming
        >>> from keras_pe.text.plain.plain_preparation import PlainPreparation
        >>> from keras_pe.text.sentencepiece_model import learn_sentencepiece
        >>> model = learn_sentencepiece(["to be"] * 9, model_type="bpe", vocabulary_size=100)
        >>> table = {"separate": [], "alone": [], "removed": [], "replaced": {}}
        >>> shared = {"prepare": PlainPreparation(table), "frame": PlainFraming(2, 3, max_length=8)}
        >>> PlainSentencePiece(model, **shared)("to be")
        [2, 8, 7, 3]
    """

    def __init__(self, model: bytes, id_shift: int = 0, **shared):
        super().__init__(**shared)
        self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        self._shift = id_shift
        self._their_unknown = self._processor.unk_id()
        self._unknown = SPECIAL_TOKENS.index(UNKNOWN)

    def pieces(self, text: str, most: int | None) -> list[int]:
        """Returns the ids of a prepared text."""
        return [
            self._unknown if number == self._their_unknown else number + self._shift
            for number in self._processor.encode(text)
        ]
