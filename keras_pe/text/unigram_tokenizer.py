"""Strings to the ids of a SentencePiece unigram model, inside the graph."""

from keras_pe.text.sentencepiece_tokenizer import SentencePieceTokenizer


class UnigramTokenizer(SentencePieceTokenizer):
    """Turns texts into the ids of a SentencePiece model of the type unigram.

    Of all ways to cut a text it takes the one whose pieces are the likeliest together.

    Args:
        model: bytes. The serialised model.
        **settings: Of `Tokenizer`.

    Example:
        >>> tokenizer = UnigramTokenizer.learn(["tea for two"] * 9, vocabulary_size=100)
        >>> ids = tokenizer.tokenize(["Two  Teas"])
        >>> tokenizer.detokenize(ids).numpy()[0].decode()
        'two tea\ufffd'

    Source: Kudo, Subword Regularization (2018), https://arxiv.org/abs/1804.10959
    """

    kind = "unigram"
    model_type = "unigram"
