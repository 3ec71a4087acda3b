"""How a tokenizer cuts texts: pieces per word, and what it does not know."""

import numpy as np

from keras_pe.data.encoded import EncodedTexts, encode_examples
from keras_pe.text.special_tokens import SPECIAL_TOKENS, UNKNOWN

_NO_LIMIT = 10_000_000


def encode_whole(examples, tokenizer, *, progress: bool = False) -> EncodedTexts:
    """Returns the token ids of whole texts, none cut."""
    return encode_examples(examples, tokenizer=tokenizer, max_length=_NO_LIMIT, progress=progress)


def piece_facts(encoded: EncodedTexts, vocabulary) -> dict[str, float]:
    """Returns how many pieces a word has, and which share of the pieces is unknown.

    Args:
        encoded: `EncodedTexts` of whole texts.
        vocabulary: sequence of str. The pieces in the order of their ids.

    Returns:
        dict of `pieces_per_word`, `unknown_share` (of the pieces) and `texts_with_unknown` (share).

    Example:
        >>> vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "tea", "##s"]
        >>> piece_facts(EncodedTexts(np.array([2, 5, 6, 1, 3]), np.array([0, 5])), vocabulary)
        {'pieces_per_word': 1.5, 'unknown_share': 0.333..., 'texts_with_unknown': 1.0}
    """
    unknown = encoded.ids == vocabulary.index(UNKNOWN)
    special = np.array([piece in SPECIAL_TOKENS for piece in vocabulary])
    inside = np.array([piece.startswith("##") for piece in vocabulary])
    pieces = int((~special[encoded.ids] | unknown).sum())
    words = pieces - int(inside[encoded.ids].sum())
    rows = np.repeat(np.arange(len(encoded)), encoded.lengths)
    return {
        "pieces_per_word": pieces / max(words, 1),
        "unknown_share": int(unknown.sum()) / max(pieces, 1),
        "texts_with_unknown": len(np.unique(rows[unknown])) / len(encoded),
    }
