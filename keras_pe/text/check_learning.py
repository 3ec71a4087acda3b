"""What must hold before a vocabulary is learned."""

from collections.abc import Iterable

from keras_pe.text.special_tokens import SPECIAL_TOKENS


def check_learning(texts: Iterable[str], vocabulary_size: int, *, least: int, needed: str) -> None:
    """Raises if texts are no texts, or a vocabulary has no room for what it must hold.

    Args:
        texts: what is learned from.
        vocabulary_size: the most entries the vocabulary may have.
        least: int. Entries it needs besides the special tokens.
        needed: str. What these are, for the message.

    Raises:
        ValueError: `vocabulary_size` is too small.
        TypeError: `vocabulary_size` is no whole number, or `texts` is a single string.
    """
    if isinstance(texts, str):
        raise TypeError(f"`texts` must be an iterable of strings. Received: texts={texts[:60]!r}")
    if not isinstance(vocabulary_size, int):
        raise TypeError(
            "`vocabulary_size` must be a whole number. "
            f"Received: vocabulary_size={vocabulary_size!r}"
        )
    least += len(SPECIAL_TOKENS)
    if vocabulary_size < least:
        raise ValueError(
            f"`vocabulary_size` must be at least {least}: {len(SPECIAL_TOKENS)} special tokens and "
            f"{needed}. Received: vocabulary_size={vocabulary_size!r}"
        )
