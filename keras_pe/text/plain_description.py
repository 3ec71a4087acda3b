"""What the tokenizers in plain Python have to be told of those in the graph."""

from keras_pe.text.cleaner_patterns import CLEANER_PATTERNS
from keras_pe.text.plain.plain_wordpiece import LONGEST_WORD_BYTES
from keras_pe.text.special_tokens import END, PAD, START, UNKNOWN
from keras_pe.text.tokenizer import Tokenizer

_SPECIAL = {"pad": PAD, "unknown": UNKNOWN, "start": START, "end": END}


def plain_description(tokenizer: Tokenizer) -> dict[str, object]:
    """Returns what `plain_tokenizer` reads, besides `max_length`; it can be kept as JSON.

    Args:
        tokenizer: the one in the graph.

    Raises:
        ValueError: it cuts pairs for windows of the first text, which no plain tokenizer does.
    """
    if tokenizer.second_length is not None:
        raise ValueError(
            "Pairs of texts must not be read in windows by a model for LiteRT or ONNX: export a "
            f"SavedModel. Received: truncation={tokenizer.truncation!r}, "
            f"second_length={tokenizer.second_length}"
        )
    names = tokenizer.clean.split(",") if tokenizer.clean else []
    return {
        "tokenizer": tokenizer.kind,
        "vocabulary_file": tokenizer.vocabulary_file,
        "id_shift": tokenizer.id_shift,
        "special_ids": {name: tokenizer.vocabulary.index(t) for name, t in _SPECIAL.items()},
        "longest_word_bytes": LONGEST_WORD_BYTES,
        "truncation": tokenizer.truncation,
        "cleaning": [pair for name in names for pair in CLEANER_PATTERNS[name.strip()]],
        "unicode_normalization": tokenizer.unicode_normalization,
        "lowercase": tokenizer.lowercase,
    }
