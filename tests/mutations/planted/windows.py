"""Bugs in long texts that are read in windows, and in pairs of texts."""

from tests.mutations.planted.mutation import LAYERS, TESTS, Mutation

CUT = f"{LAYERS}/text_windows.py"
BY_HAND = f"{TESTS}/test_text_windows.py"
IN_MODELS = "tests/models/test_windows.py"
SEGMENTS = f"{LAYERS}/segment_embedding.py"
SEGMENT_TESTS = f"{TESTS}/test_segment_embedding.py"

WINDOWS = [
    Mutation(
        "windows that share nothing",
        CUT,
        "(second_length or 0) - overlap",
        "(second_length or 0)",
        BY_HAND,
    ),
    Mutation(
        "a window of what the one before it had",
        CUT,
        "more = starts + room - stride < text",
        "more = starts < text",
        BY_HAND,
    ),
    Mutation(
        "windows without a last token",
        CUT,
        "ops.minimum(count, size + 1 + after)",
        "ops.minimum(count, size + 1)",
        BY_HAND,
    ),
    Mutation(
        "a second text that pushes out what stands in no other window",
        CUT,
        "self.window_length - 1 - after",
        "self.window_length - FRAME",
        BY_HAND,
    ),
    Mutation(
        "a second text cut as if it stood beside windows, in a pair that needs none",
        "keras_pe/text/truncation.py",
        "tf.maximum(window_room - lengths, second_length)",
        "second_length",
        "tests/text/test_pairs.py",
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
    Mutation(
        "a separator of the second text",
        SEGMENTS,
        "ops.cumsum(ends, axis=1) - ends",
        "ops.cumsum(ends, axis=1)",
        SEGMENT_TESTS,
    ),
    Mutation(
        "padding taken for the last token",
        SEGMENTS,
        'ops.where(ids != 0, ops.arange(ops.shape(ids)[1], dtype="int32")[None], -1)',
        'ops.arange(ops.shape(ids)[1], dtype="int32")[None] + 0 * ids',
        SEGMENT_TESTS,
    ),
    Mutation(
        "vectors of texts that hide the padding",
        SEGMENTS,
        "self.supports_masking = True",
        "self.supports_masking = False",
        "tests/models/test_text_pairs.py",
    ),
]
