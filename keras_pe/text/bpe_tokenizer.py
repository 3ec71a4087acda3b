"""Strings to the ids of a SentencePiece bpe model, inside the graph."""

from keras_pe.text.sentencepiece_tokenizer import SentencePieceTokenizer


class BytePairTokenizer(SentencePieceTokenizer):
    """Turns texts into the ids of a SentencePiece model of the type bpe.

    Of neighbouring pieces it merges those first that were merged first when it learned.

    Args:
        model: bytes. The serialised model.
        **settings: Of `Tokenizer`.

    Example:
        >>> tokenizer = BytePairTokenizer.learn(["tea for two"] * 9, vocabulary_size=100)
        >>> ids = tokenizer.tokenize(["Two  Teas"])
        >>> tokenizer.detokenize(ids).numpy()[0].decode()
        'two tea\ufffd'

    Source: Sennrich et al., Neural Machine Translation of Rare Words with Subword Units (2016),
    https://arxiv.org/abs/1508.07909; of characters, not of bytes
    """

    kind = "bpe"
    model_type = "bpe"
