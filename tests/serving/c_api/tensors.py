"""Arrays to TensorFlow's tensors and back."""

import ctypes as c

import numpy as np

STRING = 7  # types.proto
NUMBERS = {1: np.float32, 2: np.float64, 3: np.int32, 9: np.int64, 10: np.bool_}
STRING_BYTES = 24  # sizeof(TF_TString)


def to_tensor(library, array, dtype):
    """Returns a new TF_Tensor of a dtype of types.proto; texts are an array of bytes objects."""
    array = np.asarray(array, object if dtype == STRING else NUMBERS[dtype])
    sizes = (c.c_int64 * array.ndim)(*array.shape)
    each = STRING_BYTES if dtype == STRING else array.itemsize
    tensor = library.TF_AllocateTensor(dtype, sizes, array.ndim, each * array.size)
    start = library.TF_TensorData(tensor)
    if dtype != STRING:
        content = np.ascontiguousarray(array).tobytes()
        c.memmove(start, content, len(content))
        return tensor
    for place, text in enumerate(array.flat):
        library.TF_StringInit(start + STRING_BYTES * place)
        library.TF_StringCopy(start + STRING_BYTES * place, text, len(text))
    return tensor


def to_array(library, tensor):
    """Returns the array that a TF_Tensor holds."""
    dtype = library.TF_TensorType(tensor)
    shape = [library.TF_Dim(tensor, axis) for axis in range(library.TF_NumDims(tensor))]
    start, size = library.TF_TensorData(tensor), library.TF_TensorByteSize(tensor)
    if dtype != STRING:
        return np.frombuffer(c.string_at(start, size), NUMBERS[dtype]).reshape(shape)
    places = range(start or 0, (start or 0) + size, STRING_BYTES)
    texts = [
        c.string_at(library.TF_StringGetDataPointer(place), library.TF_StringGetSize(place))
        for place in places
    ]
    array = np.empty(len(texts), object)
    array[:] = texts
    return array.reshape(shape)
