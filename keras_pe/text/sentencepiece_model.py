"""Learns a SentencePiece model from texts."""

import io
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from keras_pe.text.check_learning import check_learning
from keras_pe.text.frequent_characters import frequent_characters
from keras_pe.text.special_tokens import END, MASK, PAD, SPECIAL_TOKENS, START, UNKNOWN
from keras_pe.text.spread_sample import spread_sample

# What stands for a space inside a model.
SPACE = "\u2581"
# White space of every kind is a space, as it is to WordPiece.
_SPACES = (*range(0x09, 0x0E), 0x85, 0xA0, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x3000)
# Unigram takes 2 CPU seconds for a million bytes of English and 6 of Chinese, BPE a tenth of it.
_MOST_BYTES = {"unigram": 4_000_000, "bpe": 40_000_000}
# Sums over threads are rounded in the order of the threads: as many on every machine.
_THREADS = 4
_WARNINGS_OFF = 2


def learn_sentencepiece(
    texts: Iterable[str], *, model_type: str, vocabulary_size: int, most_bytes: int | None = None
) -> bytes:
    """Learns a unigram or BPE model with the `sentencepiece` library.

    Texts are taken as they are, but for white space, of which any kind and number is one space.
    Characters get an entry if they are frequent (see `frequent_characters`). From a large corpus
    every second, fourth, ... text is taken, so that learning takes seconds. The same texts give the
    same model in every process.

    Args:
        texts: iterable of str; gone over once.
        model_type: str. unigram or bpe.
        vocabulary_size: int, at least 7. The most entries the model may have.
        most_bytes: int. How much is learned from at most (default: 4 million for unigram, 40
            million for bpe).

    Returns:
        bytes. The model, with [PAD], [UNK], [CLS], [SEP], [MASK] as 0 to 4.

    Raises:
        ValueError: `vocabulary_size` is less than 7, or the texts hold no character.
        TypeError: `vocabulary_size` is no whole number, or `texts` is a single string.

    Example:
        >>> model = learn_sentencepiece(["to be"] * 9, model_type="bpe", vocabulary_size=100)
        >>> pieces = sentencepiece.SentencePieceProcessor(model_proto=model)
        >>> pieces.encode("to be", out_type=str)
        ['▁to', '▁be']
    """
    check_learning(texts, vocabulary_size, least=2, needed="a space and one character")
    sample = spread_sample(texts, most_bytes=most_bytes or _MOST_BYTES[model_type])
    counts = _character_counts(sample)
    if not counts:
        raise ValueError("`texts` must hold at least one character. Received: none.")
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "spaces.tsv"
        rules.write_text("".join(f"{code:X}\t20\n" for code in _SPACES), encoding="utf-8")
        return _train(
            sample,
            model_type=model_type,
            vocab_size=vocabulary_size,
            character_coverage=_coverage(counts, vocabulary_size - len(SPECIAL_TOKENS)),
            normalization_rule_tsv=str(rules),
        )


def _train(texts: list[str], **arguments) -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        **_SPECIAL,
        # Fewer entries are fine: small corpora do not give more.
        hard_vocab_limit=False,
        # By default, texts of more than 4,192 bytes are left out.
        max_sentence_length=1 << 30,
        num_threads=_THREADS,
        minloglevel=_WARNINGS_OFF,
        **arguments,
    )
    return _without_path(model.getvalue())


def _without_path(model: bytes) -> bytes:
    """Takes out where the rules stood while it was learned: a path of this machine."""
    proto = sentencepiece_model_pb2.ModelProto.FromString(model)
    proto.normalizer_spec.ClearField("normalization_rule_tsv")
    return proto.SerializeToString(deterministic=True)


_SPECIAL = {
    "pad_id": 0,
    "unk_id": 1,
    "bos_id": 2,
    "eos_id": 3,
    "pad_piece": PAD,
    "unk_piece": UNKNOWN,
    "bos_piece": START,
    "eos_piece": END,
    "control_symbols": [MASK],
    # What an unknown piece is when ids become text again.
    "unk_surface": "\ufffd",
}


def _character_counts(texts: list[str]) -> Counter[str]:
    """Counts as the trainer does: a space before every word, other white space nowhere."""
    counts = Counter()
    for text in texts:
        words = text.split()
        counts.update("".join(words))
        if words:
            counts[SPACE] += len(words)
    return counts


def _coverage(counts: Counter[str], room: int) -> float:
    """Returns the share of the text at which the trainer stops to take characters.

    It takes the most frequent ones until they cover that share, and fails if the vocabulary has no
    room for them.
    """
    kept = frequent_characters(counts, room=room)
    if len(kept) == len(counts):
        return 1.0
    covered = sum(counts[character] for character in kept)
    return (covered - counts[kept[-1]] / 2) / counts.total()
