"""One vector per text, from windows that cover all of it."""

from keras_pe.layers import TextWindows, WindowVectors
from keras_pe.models.lookup import look_up
from keras_pe.models.poolings import WINDOW_POOLINGS


def in_windows(settings, encode, token_ids):
    """Returns [B, D]: the text is cut into windows, each is encoded, their vectors are pooled.

    Of a pair the first text is cut, and each of its windows stands beside the second one.

    Args:
        settings: Resolved `ModelConfig`, or a config that has its fields.
        encode: Function of token ids [B * W, N] to vectors [B * W, D].
        token_ids: [B, T], int32, symbolic.
    """
    # How many windows a text may have is for those to say who cut it.
    _ = settings.max_windows
    pooling = look_up(WINDOW_POOLINGS, "window pooling", settings.window_pooling)
    cut = TextWindows(
        settings.max_length,
        settings.window_overlap,
        second_length=settings.second_length if settings.text_pairs else None,
        name="text_windows",
    )
    windows, has_window = cut(token_ids)
    vectors = WindowVectors(name="window_vectors")(encode(windows), has_window)
    return pooling(name="window_pooling")(vectors, mask=has_window)
