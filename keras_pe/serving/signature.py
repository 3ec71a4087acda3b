"""What the endpoints of an export take and give, in words and in JSON."""

from collections.abc import Iterator

import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2

from keras_pe.serving.graph_gate import public_signatures

ENDPOINTS = {
    "serving_default": "Texts to labels. The endpoint that is asked where none is named.",
    "tokens": "Token ids to labels, for clients that tokenize themselves.",
    "tokenize": "Texts to the token ids that the model reads.",
    "classify": "tf.Examples to labels, for the Classify method.",
    "embed": "Texts to vectors: what the last layer reads.",
}
_METHODS = {"tensorflow/serving/predict": "predict", "tensorflow/serving/classify": "classify"}
TENSORS = {
    "text": "UTF-8 texts; bytes that are not UTF-8 count as U+FFFD",
    "inputs": "serialized tf.Examples with the text in a bytes feature called `text`",
    "token_ids": "[CLS], word pieces and [SEP] of each text, filled up on the right with 0",
    "label": "the most probable label",
    "score": "its probability",
    "labels": "all labels, the same in each row, in the order of `scores`",
    "classes": "all labels, the same in each row, in the order of `scores`",
    "scores": "a probability for each label; a row sums to 1",
    "embedding": "a vector for each text",
}


def describe_signatures(graph: meta_graph_pb2.MetaGraphDef, max_length: int) -> dict:
    """Describes the endpoints of an export for people and for programs that make forms of them.

    Args:
        graph: the graph of the SavedModel.
        max_length: int. Tokens of a text that the model reads.

    Returns:
        A dict that `json` can write: endpoint -> what it is for, method, inputs and outputs; a
        tensor -> dtype, shape, with B texts and T tokens, and meaning.
    """
    return {
        name: {
            "about": ENDPOINTS[name],
            "method": _METHODS[signature.method_name],
            "inputs": dict(_tensors(signature.inputs, max_length)),
            "outputs": dict(_tensors(signature.outputs, max_length)),
        }
        for name, signature in public_signatures(graph).items()
    }


def _tensors(tensors, max_length: int) -> Iterator[tuple[str, dict]]:
    for name, info in sorted(tensors.items()):
        about = TENSORS[name]
        if name == "token_ids":
            about += f"; at most {max_length} a text"
        yield name, {"dtype": tf.as_dtype(info.dtype).name, "shape": _shape(info), "about": about}


def _shape(info: meta_graph_pb2.TensorInfo) -> list[str | int]:
    sizes = tf.TensorShape(info.tensor_shape).as_list()
    return [size or letter for size, letter in zip(sizes, "BT", strict=False)]
