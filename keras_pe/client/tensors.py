"""Arrays of text and of numbers, as TensorFlow's messages carry them."""

import math
from collections.abc import Sequence

import numpy as np

_FLOAT, _STRING = 1, 7  # types.proto


def fill_text_tensor(tensor, texts: Sequence[bytes]) -> None:
    """Makes a TensorProto one of N texts.

    Args:
        tensor: an empty TensorProto.
        texts: N texts, UTF-8.
    """
    tensor.dtype = _STRING
    tensor.tensor_shape.dim.add(size=len(texts))
    tensor.string_val.extend(texts)


def array_of(tensor) -> np.ndarray:
    """Returns what a TensorProto holds: float32, or texts as bytes.

    Args:
        tensor: a TensorProto of float32 or string, with its values one by one, as the server sends
            them, or float32 as one block of bytes, as `--enable_serialization_as_tensor_content`
            makes it do.

    Raises:
        ValueError: if it is of another type, or has not as many values as its shape says.
    """
    shape = [dim.size for dim in tensor.tensor_shape.dim]
    if tensor.dtype == _FLOAT and tensor.tensor_content:
        values = np.frombuffer(tensor.tensor_content, "<f4")
    elif tensor.dtype == _FLOAT:
        values = np.array(tensor.float_val, np.float32)
    else:
        values = np.array(list(tensor.string_val), object)
    if tensor.dtype not in (_FLOAT, _STRING) or values.size != math.prod(shape):
        raise ValueError(
            "A tensor must be of float32 or string, with a value for each place of its shape. "
            f"Received: dtype={tensor.dtype}, shape={shape}, {values.size} values"
        )
    return values.reshape(shape)
