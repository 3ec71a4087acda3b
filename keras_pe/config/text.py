"""What becomes of a text before a network reads it."""

import dataclasses

from keras_pe.config.setting import check_settings, setting
from keras_pe.config.table_names import table_names

_CLEANERS = ", ".join(table_names("text/cleaners.py", "CLEANERS"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class TextConfig:
    """Settings of the tokenizer, and of what is done to texts before it.

    Example:
        >>> TextConfig(tokenizer="characters").lowercase
        True
    """

    tokenizer: str = setting(
        "wordpiece",
        "what a text is cut into",
        choices=table_names("text/tokenizers.py", "TOKENIZERS"),
    )
    vocabulary_file: str | None = setting(
        None,
        "vocabulary of your own, instead of one that is learned: a piece per line (wordpiece, "
        "words, characters), or a SentencePiece .model (unigram, bpe)",
    )
    lowercase: bool = setting(True, "fold case and strip accents before tokenising")
    unicode_normalization: str = setting(
        "none",
        "Unicode form that texts are brought to before tokenising",
        choices=table_names("text/preparation.py", "UNICODE_NORMALIZATIONS"),
    )
    clean: str | None = setting(
        None, f"what is cleaned out of texts, by comma, in that order: {_CLEANERS}"
    )
    word_vectors: str | None = setting(
        None,
        "file of word vectors to start the token embedding from: GloVe, word2vec or fastText, text "
        "or binary, also .gz; hidden_dim must be their size",
    )
    freeze_embeddings: bool = setting(
        False, "keep the token embedding as it starts (with word_vectors)"
    )

    def __post_init__(self):
        check_settings(self)
