"""The endpoints of an exported classifier."""

from collections.abc import Callable, Sequence

import keras
import tensorflow as tf

from keras_pe.client.text_columns import TEXTS
from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.embedder import embedder
from keras_pe.serving.stored_weights import stored_weights
from keras_pe.text.tokenizer import Tokenizer


def build_archive(
    model: keras.Model,
    tokenizer: Tokenizer,
    answer: ClassAnswer,
    *,
    max_length: int,
    weights: str = "float32",
    text_pairs: bool = False,
) -> keras.export.ExportArchive:
    """Traces `serving_default`, `tokens`, `tokenize`, `classify` or `regress`, and `embed`.

    Args:
        model: from token ids [B, T] int32 to scores [B, C]. `embed` is left out if its last Dense
            layer does not read one vector per text.
        tokenizer: its encoding becomes part of the graph.
        answer: what the scores become: see `keras_pe.serving.answers`.
        max_length: int. Tokens per text.
        weights: `"float32"` or `"bfloat16"`: how they are stored.
        text_pairs: bool. Whether the model takes pairs of texts.

    Returns:
        An archive, ready for `write_out`.
    """
    # The model itself is not tracked: that would store each weight twice (keras#23553).
    archive = keras.export.ExportArchive()
    for resource in tokenizer.resources:
        archive.track(resource)
    stored = stored_weights(model, weights)
    called = {"score": _traced_once(stored, model), "embed": _traced_once(stored, embedder(model))}
    endpoints = _endpoints(tokenizer, answer, max_length, TEXTS[: 1 + text_pairs], **called)
    for name, (function, signature) in endpoints.items():
        archive.add_endpoint(name, function, signature)
    return archive


def _traced_once(stored: Callable, model: keras.Model | None) -> Callable | None:
    """Returns the function that every endpoint calls: each by itself would trace the model anew."""
    if model is None:
        return None

    @stored
    def call(token_ids):
        # REST has no encoding for half precision.
        return tf.cast(model(token_ids, training=False), tf.float32)

    ids = tf.TensorSpec([None, None], tf.int32, "token_ids")
    return tf.function(call, input_signature=[ids], autograph=False)


def _endpoints(
    tokenizer, answer, max_length, inputs, score, embed
) -> dict[str, tuple[Callable, list]]:
    def answered(token_ids):
        return answer.outputs(score(token_ids))

    def tokenize(text, *second_text):
        ids = tokenizer.encode(text, max_length, *second_text)
        return _at_least_one_column(tokenizer.pad(ids))

    def tokenize_text(*texts):
        return {"token_ids": tokenize(*texts)}

    def classify_text(*texts):
        return answered(tokenize(*texts))

    def classify_tokens(token_ids):
        return answered(_at_least_one_column(_at_most(max_length, token_ids)))

    def classify_examples(examples):
        return answer.outputs_for_examples(classify_text(*_texts(examples, inputs)))

    def embed_text(*texts):
        return {"embedding": embed(tokenize(*texts))}

    text = [tf.TensorSpec([None], tf.string, name) for name in inputs]
    endpoints = {
        "serving_default": (classify_text, text),
        "tokens": (classify_tokens, [tf.TensorSpec([None, None], tf.int32, "token_ids")]),
        "tokenize": (tokenize_text, text),
        # Its input must be called so (classifier.cc, regressor.cc).
        answer.for_examples: (classify_examples, [tf.TensorSpec([None], tf.string, "inputs")]),
    }
    return endpoints if embed is None else endpoints | {"embed": (embed_text, text)}


def _texts(examples: tf.Tensor, keys: Sequence[str]) -> list[tf.Tensor]:
    """Returns the text or the texts of each `tf.Example`; one that lacks it counts as empty."""
    feature = tf.io.FixedLenFeature([], tf.string, default_value="")
    parsed = tf.io.parse_example(examples, dict.fromkeys(keys, feature))
    return [parsed[key] for key in keys]


def _at_most(max_length: int, token_ids: tf.Tensor) -> tf.Tensor:
    fits = tf.debugging.assert_less_equal(
        tf.shape(token_ids)[1],
        max_length,
        message=f"`token_ids` must have at most {max_length} columns, the model's `max_length`.",
    )
    with tf.control_dependencies([fits]):
        return tf.identity(token_ids)


def _at_least_one_column(token_ids: tf.Tensor) -> tf.Tensor:
    """Adds a column of padding to a batch without any: an LSTM cannot take zero steps."""
    missing = tf.maximum(1 - tf.shape(token_ids)[1], 0)
    return tf.pad(token_ids, [[0, 0], [0, missing]])
