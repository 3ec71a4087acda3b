"""What a training keeps beside the weights of its model."""

import numpy as np


def create_training_variables(model, targets):
    """Creates what the optimizer and the metrics keep, before the first step would.

    TensorFlow traces a graph twice if it creates variables; the graph of a training step is most of
    what there is to wait for before the first one.

    Args:
        model: Compiled `keras.Model`.
        targets: [B, ...]. Any, of the kind that the model will be trained on.

    Example:
        >>> import keras
        >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, "softmax")])
        >>> model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        >>> create_training_variables(model, np.zeros(1, "int32"))
        >>> model.optimizer.built
        True
    """
    # A resumed one has read its state: a `LossScaleOptimizer` (Keras 3.15) would begin anew.
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    answers = np.zeros((len(targets), *model.output_shape[1:]), "float32")
    model.compute_metrics(None, targets, answers)
    model.reset_metrics()
