"""Bugs in long texts that are read in windows."""

from tests.mutations.planted.mutation import LAYERS, TESTS, Mutation

CUT = f"{LAYERS}/text_windows.py"
BY_HAND = f"{TESTS}/test_text_windows.py"
IN_MODELS = "tests/models/test_windows.py"

WINDOWS = [
    Mutation(
        "windows that share nothing",
        CUT,
        "stride = room - self.overlap",
        "stride = room",
        BY_HAND,
    ),
    Mutation(
        "a window of what the one before it had",
        CUT,
        "more = starts + self.overlap < count - FRAME",
        "more = starts < count - FRAME",
        BY_HAND,
    ),
    Mutation(
        "windows without a last token",
        CUT,
        "ops.minimum(count, size + FRAME)",
        "ops.minimum(count, size + 1)",
        BY_HAND,
    ),
    Mutation(
        "padding on the left taken for text",
        CUT,
        "to_right_padding(ids, ids[..., 0] != 0)[0][..., 0]",
        "ids[..., 0]",
        BY_HAND,
    ),
    Mutation(
        "windows that a text does not have are pooled",
        "keras_pe/models/windows.py",
        "(vectors, mask=has_window)",
        "(vectors)",
        IN_MODELS,
    ),
    Mutation(
        "window by window instead of text by text",
        f"{LAYERS}/window_vectors.py",
        "(*ops.shape(has_window), vectors.shape[-1])",
        "(*ops.shape(has_window)[::-1], vectors.shape[-1])",
        BY_HAND,
    ),
]
