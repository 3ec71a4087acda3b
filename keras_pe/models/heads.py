"""The names of the types of problems, and the head that answers in each."""

import keras


def class_probabilities(settings, text):
    """Returns [B, num_classes]: softmax probabilities, which sum to 1."""
    logits = _logits(settings, text)
    return keras.layers.Softmax(dtype="float32", name="probabilities")(logits)


def label_probabilities(settings, text):
    """Returns [B, num_classes]: a sigmoid for each label, by itself."""
    logits = _logits(settings, text)
    return keras.layers.Activation("sigmoid", dtype="float32", name="probabilities")(logits)


def number(settings, text):
    """Returns [B, 1]: a linear layer, in the units of the targets.

    What the layer gives has mean 0 and deviation 1, as it learns targets less their mean, divided
    by their deviation.
    """
    mean, deviation = settings.target_mean, settings.target_deviation
    if mean is None or deviation is None:
        raise ValueError(
            "`target_mean` and `target_deviation` must be set to build a model that answers with a "
            f"number. Received: target_mean={mean}, target_deviation={deviation}"
        )
    standard = keras.layers.Dense(1, dtype="float32", name="standard_value")(text)
    return keras.layers.Rescaling(deviation, mean, dtype="float32", name="value")(standard)


def _logits(settings, text):
    if settings.num_classes is None:
        raise ValueError("`num_classes` must be set to build a model. Received: num_classes=None")
    return keras.layers.Dense(settings.num_classes, dtype="float32", name="logits")(text)


HEADS = {
    "single_label": class_probabilities,
    "multi_label": label_probabilities,
    "regression": number,
}
