"""What the endpoints of an export take and give, in words and in JSON."""

from collections.abc import Iterator, Mapping

import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2

from keras_pe.serving.graph_gate import public_signatures

ENDPOINTS = {
    "serving_default": "Texts to answers. The endpoint that is asked where none is named.",
    "tokens": "Token ids to answers, for clients that tokenize themselves.",
    "tokenize": "Texts to the token ids that the model reads.",
    "classify": "tf.Examples to labels, for the Classify method.",
    "regress": "tf.Examples to numbers, for the Regress method.",
    "embed": "Texts to vectors: what the last layer reads.",
}
# The methods that servers know, besides Predict.
METHODS = {
    "classify": tf.compat.v1.saved_model.CLASSIFY_METHOD_NAME,
    "regress": tf.compat.v1.saved_model.REGRESS_METHOD_NAME,
}
TENSORS = {
    "text": "UTF-8 texts; bytes that are not UTF-8 count as U+FFFD",
    "second_text": "the second text of each pair, in the same way",
    "inputs": "serialized tf.Examples whose bytes features are called as the texts: `text` and, "
    "for pairs, `second_text`",
    "token_ids": "[CLS], word pieces and [SEP] of each text or pair, filled up on the right with 0",
    "label": "the most probable label",
    "score": "its probability",
    "labels": "all labels, the same in each row, in the order of `scores`",
    "classes": "all labels, the same in each row, in the order of `scores`",
    "scores": "a probability for each label; a row sums to 1",
    "embedding": "a vector for each text",
}


def describe_signatures(
    graph: meta_graph_pb2.MetaGraphDef, max_length: int, about: Mapping[str, str]
) -> dict:
    """Describes the endpoints of an export for people and for programs that make forms of them.

    Args:
        graph: the graph of the SavedModel.
        max_length: int. Tokens of a text that the model reads.
        about: dict from the name of a tensor to what it means here.

    Returns:
        A dict that `json` can write: endpoint -> what it is for, method, inputs and outputs; a
        tensor -> dtype, shape, with B texts and T tokens, and meaning.
    """
    meanings = TENSORS | dict(about)
    return {
        name: {
            "about": ENDPOINTS[name],
            "method": signature.method_name.rpartition("/")[-1],
            "inputs": dict(_tensors(signature.inputs, max_length, meanings)),
            "outputs": dict(_tensors(signature.outputs, max_length, meanings)),
        }
        for name, signature in public_signatures(graph).items()
    }


def _tensors(tensors, max_length: int, meanings: Mapping) -> Iterator[tuple[str, dict]]:
    for name, info in sorted(tensors.items()):
        about = meanings[name]
        if name == "token_ids":
            about += f"; at most {max_length} a text"
        yield name, {"dtype": tf.as_dtype(info.dtype).name, "shape": _shape(info), "about": about}


def _shape(info: meta_graph_pb2.TensorInfo) -> list[str | int]:
    sizes = tf.TensorShape(info.tensor_shape).as_list()
    return [size or letter for size, letter in zip(sizes, "BT", strict=False)]
