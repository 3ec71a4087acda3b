"""The requests of a warm-up file, read without TensorFlow or its messages.

Numbers: prediction_log.proto, predict.proto, classification.proto, input.proto, tensor.proto.
"""

import struct

import numpy as np

from tests.serving.c_api.signatures import message, varint
from tests.serving.c_api.tensors import NUMBERS, STRING


def warm_up_requests(version):
    """Yields signature, inputs and wanted outputs of each request in a version's warm-up file."""
    for record in _records((version / "assets.extra/tf_serving_warmup_requests").read_bytes()):
        ((kind, (log,)),) = message(record).items()
        request = message(message(log)[1][0])
        signature = message(request[1][0])[3][0].decode()
        if kind == 2:  # ClassificationRequest: input.example_list.examples
            (listed,) = message(request[2][0])[1]
            yield signature, {"inputs": message(listed)[1]}, None
        else:
            entries = [message(entry) for entry in request[2]]
            inputs = {entry[1][0].decode(): _array(entry[2][0]) for entry in entries}
            yield signature, inputs, [name.decode() for name in request.get(3, [])] or None


def _records(content):
    """A TFRecord: length (8 bytes), its checksum (4), the record, its checksum (4)."""
    start = 0
    while start < len(content):
        (length,) = struct.unpack_from("<Q", content, start)
        yield content[start + 12 : start + 12 + length]
        start += 16 + length


def _array(tensor):
    found = message(tensor)
    (dtype,) = found[1]
    shape = [message(dim).get(1, [0])[0] for dim in message(found[2][0]).get(2, [])]
    if dtype == STRING:
        array = np.empty(len(found.get(8, [])), object)
        array[:] = found.get(8, [])
        return array.reshape(shape)
    if 4 in found:
        return np.frombuffer(found[4][0], NUMBERS[dtype]).reshape(shape)
    return np.full(shape, varint(found[7][0], 0)[0], NUMBERS[dtype])  # one value for all places
