"""The texts that a model is asked about: one column of single texts, or two of pairs."""

from collections.abc import Iterator, Sequence

from keras_pe.client.text_batches import as_utf8, text_batches
from keras_pe.data.second_texts import checked_second_texts

# What a model of pairs takes; one of single texts takes the first. The keys of a `tf.Example` for
# `classify` are the same.
TEXTS = ("text", "second_text")


def text_columns(
    texts: Sequence[str | bytes], second_texts: Sequence[str | bytes] | None, *, pairs: bool
) -> list[list[bytes]]:
    """Returns a column of texts, or two of pairs, as models read them.

    Args:
        texts: strings, or bytes that should be UTF-8.
        second_texts: as many, or None.
        pairs: bool. Whether pairs are wanted.

    Raises:
        TypeError: if `texts` is one text.
        ValueError: if second texts are missing, not wanted, or not as many as texts.

    Example:
        >>> text_columns(["a", "b"], ["c", "d"], pairs=True)
        [[b'a', b'b'], [b'c', b'd']]
    """
    first = as_utf8(texts)
    seconds = checked_second_texts(texts, second_texts, wanted=pairs)
    return [first, as_utf8(seconds)] if pairs else [first]


def column_batches(
    columns: Sequence[Sequence[bytes]], batch_size: int
) -> Iterator[tuple[list[int], list[list[bytes]]]]:
    """Yields numbers of rows of similar length, and these rows of each column.

    Args:
        columns: what `text_columns` returned.
        batch_size: int. Rows of a batch, at most; see `text_batches`.

    Raises:
        ValueError: if a batch could not hold a row.

    Example:
        >>> list(column_batches([[b"long text", b"a", b"bc"]], batch_size=2))
        [([1, 2], [[b'a', b'bc']]), ([0], [[b'long text']])]
    """
    whole = [b"".join(each) for each in zip(*columns, strict=True)]
    for rows in text_batches(whole, batch_size):
        yield rows, [[column[row] for row in rows] for column in columns]
