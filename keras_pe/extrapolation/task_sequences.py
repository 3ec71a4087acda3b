"""Generated sequences as the arrays that a model reads."""

import numpy as np

from keras_pe.extrapolation.lengths import padded_width

# As around a text: what pooling="cls" reads, and the end at which an LSTM has read everything.
FRAMING_TOKENS = 2


def framed(tokens, num_symbols) -> np.ndarray:
    """Puts a first and a last token around sequences.

    Args:
        tokens: [N, W] int32, symbols counted from 1, 0 = padding on the right.
        num_symbols: int. The first token is `num_symbols` + 1, the last one `num_symbols` + 2.

    Returns:
        [N, W + 2], int32.

    Example:
        >>> framed(np.array([[1, 2], [2, 0]]), num_symbols=2).tolist()
        [[3, 1, 2, 4], [3, 2, 4, 0]]
    """
    ends = (tokens != 0).sum(axis=1)
    rows = np.zeros((len(tokens), tokens.shape[1] + FRAMING_TOKENS), np.int32)
    rows[:, 0] = num_symbols + 1
    rows[:, 1:-1] = tokens
    rows[np.arange(len(tokens)), ends + 1] = num_symbols + 2
    return rows


def task_batch(task, random, length, count, width_step):
    """Draws sequences of one length.

    Args:
        task: `Task`.
        random: `numpy.random.Generator`.
        length: int. Symbols of each sequence.
        count: int. Sequences.
        width_step: int. Rows are padded to a multiple of it.

    Returns:
        Token ids [count, W], int32, and classes [count], int32.
    """
    tokens, labels = task.draw(random, length, count)
    rows = framed(tokens, len(task.symbols))
    width = padded_width(max(rows.shape[1], length + FRAMING_TOKENS), width_step)
    return np.pad(rows, ((0, 0), (0, width - rows.shape[1]))), labels
