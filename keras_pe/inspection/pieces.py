"""How a tokenizer cuts texts: pieces per word, and what it does not know."""

import numpy as np

from keras_pe.data.encode_examples import encode_examples
from keras_pe.data.encoded import EncodedTexts
from keras_pe.text.special_tokens import SPECIAL_TOKENS, UNKNOWN

_NO_LIMIT = 10_000_000


def encode_whole(examples, tokenizer, *, progress: bool = False) -> EncodedTexts:
    """Returns the token ids of whole texts, none cut."""
    return encode_examples(examples, tokenizer=tokenizer, max_length=_NO_LIMIT, progress=progress)


def piece_facts(encoded: EncodedTexts, tokenizer) -> dict[str, float | None]:
    """Returns how many pieces a word has, and which share of the pieces is unknown.

    Args:
        encoded: `EncodedTexts` of whole texts.
        tokenizer: `Tokenizer`.

    Returns:
        dict of `pieces_per_word` (None where pieces know of no words), `unknown_share` (of the
        pieces) and `texts_with_unknown` (share).

    Example:
        >>> from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer
        >>> tokenizer = WordPieceTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "tea", "##s"])
        >>> piece_facts(EncodedTexts(np.array([2, 4, 5, 1, 3]), np.array([0, 5])), tokenizer)
        {'pieces_per_word': 1.5, 'unknown_share': 0.333..., 'texts_with_unknown': 1.0}
    """
    vocabulary = tokenizer.vocabulary
    unknown = encoded.ids == vocabulary.index(UNKNOWN)
    special = np.array([piece in SPECIAL_TOKENS for piece in vocabulary])
    pieces = int((~special[encoded.ids] | unknown).sum())
    rows = np.repeat(np.arange(len(encoded)), encoded.lengths)
    return {
        "pieces_per_word": _pieces_per_word(encoded.ids, pieces, tokenizer),
        "unknown_share": int(unknown.sum()) / max(pieces, 1),
        "texts_with_unknown": len(np.unique(rows[unknown])) / len(encoded),
    }


def pieces_per_word_text(facts) -> str:
    """Returns how many pieces a word has, for people; a dash where pieces know of no words."""
    number = facts["pieces_per_word"]
    return "-" if number is None else f"{number:.2f}"


def _pieces_per_word(ids, pieces, tokenizer):
    starts = [tokenizer.starts_word(piece) for piece in tokenizer.vocabulary]
    if None in starts:
        return None
    inside = ~np.array(starts) & np.array([p not in SPECIAL_TOKENS for p in tokenizer.vocabulary])
    return pieces / max(pieces - int(inside[ids].sum()), 1)
