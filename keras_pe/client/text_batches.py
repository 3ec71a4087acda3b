"""The texts of a request: as bytes, and which are answered together."""

from collections.abc import Iterator, Sequence

# A megabyte at once: proxies in front of a server often refuse messages above four.
_BATCH_BYTES = 1 << 20


def text_batches(
    texts: Sequence[bytes], batch_size: int, batch_bytes: int = _BATCH_BYTES
) -> Iterator[list[int]]:
    """Yields the rows of texts of similar length, so that little is padding.

    Args:
        texts: UTF-8.
        batch_size: int. Texts of a batch, at most.
        batch_bytes: int. Bytes of a batch, at most; a text that is longer goes alone.

    Raises:
        ValueError: if a batch could not hold a text.

    Example:
        >>> list(text_batches([b"long text", b"a", b"bc"], batch_size=2))
        [[1, 2], [0]]
    """
    if batch_size < 1:
        raise ValueError(f"`batch_size` must be at least 1. Received: batch_size={batch_size}")
    batch, filled = [], 0
    for row in sorted(range(len(texts)), key=lambda row: len(texts[row])):
        size = len(texts[row])
        if batch and (len(batch) == batch_size or filled + size > batch_bytes):
            yield batch
            batch, filled = [], 0
        batch.append(row)
        filled += size
    if batch:
        yield batch


def as_utf8(texts: Sequence[str | bytes]) -> list[bytes]:
    r"""Returns texts as a model reads them.

    Args:
        texts: strings, or bytes, which stay as they are. A lone surrogate has no UTF-8; passed on,
            the tokenizer reads it as U+FFFD.

    Raises:
        TypeError: if it is one text.

    Example:
        >>> as_utf8(["é", b"e"])
        [b'\xc3\xa9', b'e']
    """
    if isinstance(texts, (str, bytes)):
        raise TypeError(f"`texts` must be a list of texts. Received: texts={texts[:60]!r}")
    return [
        text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass") for text in texts
    ]
