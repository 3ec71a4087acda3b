"""Our classifier as it is served: an exported SavedModel, or `predict` of the Keras model."""

from collections.abc import Callable
from pathlib import Path

import keras
import tensorflow as tf
from tensorflow_serving.apis import prediction_log_pb2

from benchmarks.serving.requests import serve
from keras_pe import layers  # noqa: F401  Loading a model needs its layers registered.
from keras_pe.serving.served import EXTRA
from keras_pe.serving.tf_text_ops import register_text_ops
from keras_pe.serving.warm_up import WARM_UP
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer


def prepare(
    folder: str,
    texts: str,
    label_names: list[str],
    max_length: int,
    exported: bool,
    warmed_up: bool = False,
) -> Callable[[dict], list[float]]:
    """Loads the classifier.

    Args:
        folder: str. What `benchmarks.serving.stored_classifier` wrote.
        texts: str. File of the texts to ask for.
        label_names: the classes.
        max_length: int. Tokens a text is cut to.
        exported: bool. The signature of the export, instead of `model.predict`.
        warmed_up: bool. Whether the export has answered its warm-up requests before.
    """
    if exported:
        return serve(_of_signature(Path(folder) / "exported" / "1", warmed_up), texts)
    return serve(_of_predict(Path(folder), label_names, max_length), texts)


def _of_signature(folder, warmed_up):
    register_text_ops()
    loaded = tf.saved_model.load(str(folder))
    signature = loaded.signatures["serving_default"]
    if warmed_up:
        _warm_up(loaded, folder / EXTRA / WARM_UP)

    def answer(texts):
        return signature(text=tf.constant(texts))["label"].numpy().tolist()

    # A signature does not keep alive the variables that it reads; the loaded object does.
    answer.loaded = loaded
    return answer


def _warm_up(loaded, path):
    """Asks what the server asks of a version that it has just loaded."""
    for record in tf.data.TFRecordDataset(str(path)).as_numpy_iterator():
        log = prediction_log_pb2.PredictionLog.FromString(record)
        if log.HasField("predict_log"):
            asked = log.predict_log.request
            inputs = {name: tf.make_ndarray(value) for name, value in asked.inputs.items()}
            ask = loaded.signatures[asked.model_spec.signature_name]
            ask(**{name: tf.constant(value) for name, value in inputs.items()})


def _of_predict(folder, label_names, max_length):
    model = keras.saving.load_model(folder / "model.keras", compile=False)
    tokenizer = WordPieceTokenizer.load(folder)

    def answer(texts):
        ids = tokenizer.pad(tokenizer.encode(tf.constant(texts), max_length))
        scores = model.predict(ids, batch_size=len(texts), verbose=0)
        return [label_names[best] for best in scores.argmax(1)]

    return answer
