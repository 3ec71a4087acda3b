"""The signatures of a serialized MetaGraphDef, read from protobuf's wire format.

Its classes would come with `import tensorflow`. Numbers: meta_graph.proto, tensor_shape.proto.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class TensorInfo:
    name: str  # of the operation, and the number of its output: "op:0"
    dtype: int
    shape: tuple  # -1 is any size


@dataclasses.dataclass(frozen=True)
class Signature:
    inputs: dict
    outputs: dict
    method: str


def read_signatures(graph):
    """Returns the signatures of a MetaGraphDef by name, but for the one that fills tables."""
    entries = [message(entry) for entry in message(graph)[5]]
    named = {entry[1][0].decode(): message(entry[2][0]) for entry in entries}
    return {
        name: Signature(tensors(found, 1), tensors(found, 2), found[3][0].decode())
        for name, found in named.items()
        if not name.startswith("__saved_model")
    }


def tensors(signature, number):
    entries = [message(entry) for entry in signature.get(number, [])]
    return {entry[1][0].decode(): tensor_info(entry[2][0]) for entry in entries}


def tensor_info(content):
    found = message(content)
    sizes = [message(dim).get(1, [0])[0] for dim in message(found[3][0]).get(2, [])]
    shape = tuple(size - (1 << 64) if size >> 63 else size for size in sizes)
    return TensorInfo(found[1][0].decode(), found[2][0], shape)


def message(content):
    """The fields of a message: number -> values, each an int or bytes."""
    found, place = {}, 0
    while place < len(content):
        tag, place = varint(content, place)
        if tag & 7 == 0:
            value, place = varint(content, place)
        else:
            length, place = {1: (8, place), 5: (4, place)}.get(tag & 7) or varint(content, place)
            value, place = content[place : place + length], place + length
        found.setdefault(tag >> 3, []).append(value)
    assert place == len(content)
    return found


def varint(content, place):
    value = shift = 0
    while content[place] >> 7:
        value |= (content[place] & 127) << shift
        place, shift = place + 1, shift + 7
    return value | content[place] << shift, place + 1
