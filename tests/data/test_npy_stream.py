import numpy as np
import pytest

from keras_pe.data.npy_stream import npy_stream


@pytest.mark.parametrize(
    "pieces", [[], [[1, 2, 3]], [[1], [], [2, 3]], [range(70_000)] * 2], ids=len
)
def test_the_file_is_what_numpy_would_write(tmp_path, pieces):
    with npy_stream(tmp_path / "stream.npy", "int32") as append:
        for piece in pieces:
            append(piece)
    whole = np.concatenate([np.empty(0), *pieces]).astype("int32")
    np.save(tmp_path / "whole.npy", whole)
    assert (tmp_path / "stream.npy").read_bytes() == (tmp_path / "whole.npy").read_bytes()


def test_the_file_can_be_mapped(tmp_path):
    with npy_stream(tmp_path / "stream.npy", "int64") as append:
        append([7, 8])
    assert np.load(tmp_path / "stream.npy", mmap_mode="r").tolist() == [7, 8]
