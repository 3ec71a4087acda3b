"""The part of a classifier below its head."""

import keras


def embedder(model: keras.Model) -> keras.Model | None:
    """Returns the part of a classifier that gives one vector per text: what its head reads.

    Args:
        model: a functional or sequential model. Its head is its last Dense layer.

    Returns:
        A model that shares the weights, from the same input to [B, D]; None if the last Dense layer
        of the model does not read one vector per text, or was first called in another model.

    Example:
        >>> ids = keras.Input((None,), dtype="int32")
        >>> vectors = keras.layers.Embedding(9, 4)(ids)
        >>> pooled = keras.layers.GlobalMaxPooling1D()(vectors)
        >>> model = keras.Model(ids, keras.layers.Dense(2, "softmax")(pooled))
        >>> tuple(embedder(model).output_shape)
        (None, 4)
    """
    heads = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    if not heads or len(heads[-1].input.shape) != 2:
        return None
    try:
        return keras.Model(model.inputs, heads[-1].input)
    except ValueError:  # What Keras calls the layer's input is that of another model.
        return None
