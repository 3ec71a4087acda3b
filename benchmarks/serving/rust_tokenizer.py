"""Our vocabulary in the `tokenizers` library, which a server on PyTorch or ONNX would use."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors


class RustTokenizer:
    """Gives the ids that `keras_pe.text.WordPieceTokenizer` gives, without TensorFlow.

    Args:
        folder: str. Holds `vocabulary.txt`, one piece per line.
        max_length: int. Tokens a text is cut to, [CLS] and [SEP] included.
    """

    def __init__(self, folder: str, max_length: int):
        lines = (Path(folder) / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
        vocabulary = {piece: number for number, piece in enumerate(lines) if piece}
        self._tokenizer = Tokenizer(
            models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100)
        )
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        special = [(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")]
        self._tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", special_tokens=special
        )
        self._tokenizer.enable_truncation(max_length)
        self._tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Returns [B, T] int64, padded with 0 to the longest text."""
        return np.array([each.ids for each in self._tokenizer.encode_batch(list(texts))], "int64")
