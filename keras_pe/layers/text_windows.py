"""Overlapping windows of token ids, each framed as a text is."""

import keras
from keras import ops

from keras_pe.layers.right_padding import to_right_padding
from keras_pe.layers.segment_embedding import SegmentEmbedding
from keras_pe.layers.sizes import larger, smaller

# The first and the last token of a text, [CLS] and [SEP], stand around every window of it; the two
# texts of a pair have one more [SEP] between them.
FRAME, FRAME_OF_PAIRS = 2, 3


@keras.saving.register_keras_serializable(package="keras_pe")
class TextWindows(keras.layers.Layer):
    """Cuts the token ids of texts into overlapping windows that an encoder can read as texts.

    With room r = `window_length` - 2 and stride s = r - `overlap`, window w of a text with n tokens
    between its first and its last one has the tokens w s, ..., w s + r - 1 of these as far as there
    are any, between the first and the last token of the text. There are 1 + ceil(max(n - r, 0) / s)
    windows. A text of at most `window_length` tokens is its own and only window.

    With `second_length` rows are pairs, [CLS] first [SEP] second [SEP]. The windows are those of
    the first text, and each stands beside the whole second one, as a pair. What a second text of m
    tokens leaves is the room r = `window_length` - 3 - m; the stride is what the longest one would
    leave, s = `window_length` - 3 - `second_length` - `overlap`, so neighbours share `overlap`
    tokens or more. A second text of more than `second_length` tokens may only stand in a pair that
    is its own window: otherwise parts of the first text would be in none.

    All texts of a batch get as many windows as its longest row could have. Those that a text does
    not have hold nothing of it but its first and its last token, or what follows a first text: an
    LSTM on cuDNN takes no row without tokens.

    Args:
        window_length: int, at least 3. Tokens of a window, first and last token included.
        overlap: int, from 0. Tokens that two neighbouring windows share, besides those that stand
            in all.
        second_length: int, from 1. Tokens that there is always room for of a second text; None for
            single texts.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        token_ids: [B, T], int, 0 = padding, which may stand anywhere.

    Returns:
        Tuple of the windows [B * W, N], int32, those of a text one after the other, padded with 0
        on the right, N = min(T, `window_length`); and [B, W], bool, True where a text has a window.

    Raises:
        ValueError: If `window_length` is below 3, or `overlap` leaves no new token in a window.

    Example:
        >>> windows, has_window = TextWindows(window_length=5, overlap=1)(
        ...     ops.array([[2, 5, 6, 7, 8, 3], [2, 9, 3, 0, 0, 0]])
        ... )
        >>> ops.convert_to_numpy(windows).tolist()
        [[2, 5, 6, 7, 3], [2, 7, 8, 3, 0], [2, 9, 3, 0, 0], [2, 3, 0, 0, 0]]
        >>> ops.convert_to_numpy(has_window).tolist()
        [[True, True], [True, False]]

    Source: for pairs, Devlin et al. (2019), whose program reads a document in windows beside a
    question, https://github.com/google-research/bert/blob/master/run_squad.py. There each window
    gives an answer; here their vectors are pooled.
    """

    def __init__(self, window_length, overlap, second_length=None, **kwargs):
        super().__init__(**kwargs)
        if window_length <= FRAME:
            raise ValueError(
                "`window_length` must be at least 3: a first token, one of the text, a last one. "
                f"Received: window_length={window_length}"
            )
        pair = second_length is not None
        frame, named = (FRAME_OF_PAIRS, " - second_length") if pair else (FRAME, "")
        self._stride = window_length - frame - (second_length or 0) - overlap
        if overlap < 0 or self._stride < 1:
            raise ValueError(
                f"`overlap` must be at least 0 and less than window_length - {frame}{named}. "
                f"Received: overlap={overlap}, window_length={window_length}"
                + (f", second_length={second_length}" if pair else "")
            )
        self.window_length = window_length
        self.overlap = overlap
        self.second_length = second_length

    def call(self, token_ids):
        ids = ops.cast(token_ids, "int32")[..., None]
        ids = to_right_padding(ids, ids[..., 0] != 0)[0][..., 0]
        batch, length = ops.shape(ids)
        count = ops.sum(ops.cast(ids != 0, "int32"), axis=1)[:, None]  # [B, 1]
        after = self._after_first(ids, count)
        text = count - 1 - after
        room = ops.maximum(self.window_length - 1 - after, 0)
        starts, has_window = self._windows(length, text, room)
        # Not `clip`: LiteRT's converter takes one from 0 to 6 for a ReLU6, and has none of ints.
        left = ops.maximum(text, starts) - starts
        size = ops.where(has_window, ops.minimum(left, room), 0)[..., None]  # [B, W, 1]
        count, after, starts = count[..., None], after[..., None], starts[..., None]
        place = ops.arange(smaller(length, self.window_length), dtype="int32")  # [N]
        last = ops.maximum(count - 1, 0)
        behind = ops.clip(count - after + place - size - 1, 0, last)
        source = ops.where(place <= size, ops.where(place == 0, 0, starts + place), behind)
        # Not -1: no texts at all would leave it open.
        number, width = ops.shape(source)[1:]
        windows = ops.take_along_axis(ids, ops.reshape(source, (batch, number * width)), axis=1)
        windows = ops.reshape(windows, (batch * number, width))
        kept = place < ops.minimum(count, size + 1 + after)
        return ops.where(ops.reshape(kept, (batch * number, width)), windows, 0), has_window

    def _after_first(self, ids, count):
        """Returns how many tokens stand behind the text that is cut, [B, 1]."""
        if self.second_length is None:
            return 0 * count + 1
        of_first = ops.logical_and(SegmentEmbedding.segments(ids) == 0, ids != 0)
        # Its own [SEP] is behind the first text, too.
        return count - ops.sum(ops.cast(of_first, "int32"), axis=1)[:, None] + 1

    def _windows(self, length, text, room):
        """Returns where windows start, [1, W], and which of them a text has, [B, W]."""
        stride = self._stride
        # Of pairs, too: what a second text takes of the room, it takes of the first text's places.
        beyond = larger(length - self.window_length, 0)
        starts = stride * ops.arange(1 + (beyond + stride - 1) // stride, dtype="int32")[None]
        # What starts within the overlap has nothing that the window before it does not have.
        more = starts + room - stride < text
        return starts, ops.logical_or(starts == 0, more)

    def compute_output_spec(self, token_ids):
        return (
            keras.KerasTensor((None, None), dtype="int32"),
            keras.KerasTensor((token_ids.shape[0], None), dtype="bool"),
        )

    def get_config(self):
        own = ("window_length", "overlap", "second_length")
        return {**super().get_config(), **{name: getattr(self, name) for name in own}}
