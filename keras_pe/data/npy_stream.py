"""Arrays on disk that are written while they grow."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt


@contextmanager
def npy_stream(path: Path, dtype: npt.DTypeLike) -> Iterator[Callable[[npt.ArrayLike], None]]:
    """Hands out a function that writes values to the end of a vector in a .npy file.

    Args:
        path: Path. The file; it can be read when the block is left.
        dtype: what `numpy.dtype` takes.

    Yields:
        Function of a vector that can be cast to `dtype`.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "numbers.npy")
        ...     with npy_stream(path, "int32") as append:
        ...         append([1, 2])
        ...         append([3])
        ...     np.load(path).tolist()
        [1, 2, 3]
    """
    dtype, size = np.dtype(dtype), 0
    with open(path, "wb") as file:

        def append(values: npt.ArrayLike) -> None:
            nonlocal size
            values = np.ascontiguousarray(values, dtype)
            file.write(values)
            size += len(values)

        _write_header(file, dtype, size)
        yield append
        # A header keeps room for the digits of a larger size, so this one fits over the first.
        file.seek(0)
        _write_header(file, dtype, size)


def _write_header(file, dtype, size):
    header = {"descr": dtype.str, "fortran_order": False, "shape": (size,)}
    np.lib.format.write_array_header_1_0(file, header)
