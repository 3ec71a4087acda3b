"""TensorProtos to arrays and back, as `Tensor::FromProto` and `Tensor::AsProtoField` do it."""

import numpy as np
import tensorflow as tf
from tensorflow.core.framework import tensor_pb2, types_pb2

from tests.serving.loopback.status import invalid

VALUES = {
    types_pb2.DT_FLOAT: "float_val",
    types_pb2.DT_DOUBLE: "double_val",
    types_pb2.DT_INT32: "int_val",
    types_pb2.DT_INT64: "int64_val",
    types_pb2.DT_BOOL: "bool_val",
    types_pb2.DT_STRING: "string_val",
}


def to_array(name, proto, info):
    """Returns the array of an input; the session itself refuses a wrong type or shape so."""
    try:
        array = tf.make_ndarray(proto)
    except (TypeError, ValueError):
        raise invalid(f"tensor parsing error: {name}") from None
    if proto.dtype != info.dtype:
        wanted, given = (types_pb2.DataType.Name(d)[3:].lower() for d in (info.dtype, proto.dtype))
        raise invalid(f"Expects arg[0] to be {wanted} but {given} is provided")
    fits = array.ndim == len(info.shape) and all(
        wanted in (-1, size) for wanted, size in zip(info.shape, array.shape, strict=True)
    )
    if not fits:
        raise invalid(f"{info.name}: shape {list(array.shape)} does not fit {list(info.shape)}")
    return array


def to_proto(array, dtype):
    """Returns a TensorProto with its values one by one."""
    proto = tensor_pb2.TensorProto(dtype=dtype)
    for size in array.shape:
        proto.tensor_shape.dim.add(size=size)
    getattr(proto, VALUES[dtype]).extend(np.asarray(array).reshape(-1).tolist())
    return proto
