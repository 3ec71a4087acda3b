"""Which text of a pair a token belongs to."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import SegmentEmbedding


@pytest.mark.parametrize(
    ("ids", "segments"),
    [
        ([2, 5, 6, 3, 7, 8, 3], [0, 0, 0, 0, 1, 1, 1]),
        ([2, 3, 7, 3], [0, 0, 1, 1]),
        ([2, 5, 3, 3], [0, 0, 0, 1]),
        ([2, 3, 3], [0, 0, 1]),
        # [SEP] may have any id.
        ([101, 5, 102, 6, 102], [0, 0, 0, 1, 1]),
    ],
    ids=["both", "no-first", "no-second", "empty", "as-in-bert"],
)
@pytest.mark.parametrize(("before", "after"), [(0, 0), (2, 0), (0, 3)], ids=["", "left", "right"])
def test_the_second_text_begins_after_the_first_separator(ids, segments, before, after):
    row = np.array([[0] * before + ids + [0] * after], "int32")
    found = ops.convert_to_numpy(SegmentEmbedding.segments(row))[0]
    assert found[before : before + len(ids)].tolist() == segments


def test_a_row_without_tokens_has_segments_too():
    found = ops.convert_to_numpy(SegmentEmbedding.segments(np.zeros((2, 3), "int32")))
    assert found.shape == (2, 3)
    assert set(found.ravel().tolist()) <= {0, 1}
