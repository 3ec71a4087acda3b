"""Ways to show a long text to a model that was trained on short ones."""

import numpy as np

from keras_pe.data.encoded import EncodedTexts


def cut(encoded, length) -> EncodedTexts:
    """Returns the first `length` tokens of each text, of which the last one is its own last token.

    Args:
        encoded: `EncodedTexts`, framed by the tokenizer.
        length: int, at least 2. Tokens.

    Example:
        >>> texts = EncodedTexts(np.array([2, 7, 8, 9, 3, 2, 7, 3]), np.array([0, 5, 8]))
        >>> cut(texts, 3).ids.tolist()
        [2, 7, 3, 2, 7, 3]
    """
    return _joined([_cut_row(row, length) for row in _rows(encoded)], encoded.labels)


def drawn_window(encoded, length, generator) -> EncodedTexts:
    """Returns `length` tokens of each text from a place drawn at random, framed as the text is.

    Args:
        encoded: `EncodedTexts`, framed by the tokenizer.
        length: int, at least 3. Tokens; shorter texts stay as they are.
        generator: numpy Generator.

    Example:
        >>> texts = EncodedTexts(np.array([2, 7, 8, 9, 3, 2, 7, 3]), np.array([0, 5, 8]))
        >>> drawn_window(texts, 3, np.random.default_rng(0)).ids.tolist()
        [2, 9, 3, 2, 7, 3]
    """
    last_starts = np.maximum(encoded.lengths - length, 0) + 1
    starts = generator.integers(1, last_starts, endpoint=True)
    rows = (_window(row, start, length) for row, start in zip(_rows(encoded), starts, strict=True))
    return _joined(list(rows), encoded.labels)


def windows(encoded, length) -> tuple[EncodedTexts, np.ndarray]:
    """Splits each text into windows, framed as the text is.

    A text of n tokens between its first and its last one gives as few windows as hold them, of
    sizes that differ by at most one: no window is a short rest.

    Args:
        encoded: `EncodedTexts`, framed by the tokenizer.
        length: int, at least 3. Most tokens of a window.

    Returns:
        The windows, and [M] int64: of which text each is.

    Example:
        >>> texts = EncodedTexts(np.array([2, 7, 8, 9, 3]), np.array([0, 5]))
        >>> parts, owners = windows(texts, 4)
        >>> parts.ids.tolist(), parts.lengths.tolist(), owners.tolist()
        ([2, 7, 8, 3, 2, 9, 3], [4, 3], [0, 0])
    """
    parts, owners = [], []
    for number, row in enumerate(_rows(encoded)):
        count = max(1, -(-(len(row) - 2) // (length - 2)))
        for inner in np.array_split(row[1:-1], count):
            parts.append(np.concatenate([row[:1], inner, row[-1:]]))
            owners.append(number)
    return _joined(parts), np.array(owners)


def chosen(encoded, numbers) -> EncodedTexts:
    """Returns some of the texts.

    Args:
        encoded: `EncodedTexts`.
        numbers: [M] int. Which.
    """
    labels = None if encoded.labels is None else encoded.labels[numbers]
    rows = _rows(encoded)
    return _joined([rows[number] for number in numbers], labels)


def _rows(encoded):
    return np.split(np.asarray(encoded.ids), encoded.offsets[1:-1])


def _cut_row(row, length):
    return row if len(row) <= length else np.concatenate([row[: length - 1], row[-1:]])


def _window(row, start, length):
    if len(row) <= length:
        return row
    return np.concatenate([row[:1], row[start : start + length - 2], row[-1:]])


def _joined(rows, labels=None):
    offsets = np.cumsum([0, *map(len, rows)])
    return EncodedTexts(np.concatenate(rows), offsets, labels)
