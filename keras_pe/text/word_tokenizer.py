"""Strings to the ids of whole words, inside the graph."""

from collections.abc import Iterable

from keras_pe.text.check_learning import check_learning
from keras_pe.text.special_tokens import SPECIAL_TOKENS
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer
from keras_pe.text.words import WordSplitter


class WordTokenizer(WordPieceTokenizer):
    """Turns texts into the ids of their words; one that the vocabulary does not have is [UNK].

    Words end at white space and punctuation. A punctuation mark or a Chinese character is a word of
    its own, as it is to `WordPieceTokenizer`, whose operation finds the words: it has no pieces to
    continue one with.

    Args:
        vocabulary: iterable of str. The words in the order of their ids, with [PAD] first, and with
            [UNK], [CLS] and [SEP].
        **settings: Of `Tokenizer`.

    Example:
        >>> tokenizer = WordTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "tea", "茶"])
        >>> tokenizer.tokenize(["Tea 茶, teas"]).to_list()
        [[4, 5, 1, 1]]
    """

    kind = "words"

    @classmethod
    def _learn(cls, texts: Iterable[str], vocabulary_size: int, *, lowercase: bool) -> list[str]:
        """Returns the commonest words, the commonest first.

        A word that appears once stays out, so that [UNK] is met in training, unless all do.
        """
        check_learning(texts, vocabulary_size, least=1, needed="one word")
        counts = WordSplitter(lowercase=lowercase).count(texts)
        if not counts:
            raise ValueError("`texts` must hold at least one word. Received: none.")
        repeated = {word: count for word, count in counts.items() if count > 1} or counts
        words = sorted(repeated, key=lambda word: (-repeated[word], word))
        return [*SPECIAL_TOKENS, *words[: vocabulary_size - len(SPECIAL_TOKENS)]]
