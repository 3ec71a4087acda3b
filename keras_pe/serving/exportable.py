"""Refuses a model that cannot be exported as a classifier."""

import keras

from keras_pe.serving.answers import ClassAnswer


def check_exportable(model: keras.Model, answer: ClassAnswer) -> None:
    """Raises `ValueError` if the names do not fit the model, or Keras runs on another backend.

    Args:
        model: from token ids to probabilities, or to a number.
        answer: what it answers with.
    """
    label_names = answer.label_names
    if keras.backend.backend() != "tensorflow":
        raise ValueError(
            "A model can be exported with Keras' tensorflow backend only. "
            f"Received: backend={keras.backend.backend()!r}"
        )
    if model.output_shape[-1:] != (answer.size,) or len(model.output_shape) != 2:
        raise ValueError(
            "`label_names` must name every output of the model. "
            f"Received: {len(label_names)} names, output_shape={model.output_shape}"
        )
    if len(set(label_names)) < len(label_names):
        raise ValueError(f"`label_names` must differ. Received: label_names={list(label_names)!r}")
