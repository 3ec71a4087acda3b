"""All layers of a model, however deep they are."""

import keras


def layers_inside(layer: keras.layers.Layer) -> list[keras.layers.Layer]:
    """Lists a layer and all layers inside it, each once.

    Example:
        >>> both = keras.layers.Bidirectional(keras.layers.LSTM(3))
        >>> sorted({type(found).__name__ for found in layers_inside(both)})
        ['Bidirectional', 'LSTM', 'LSTMCell']
    """
    found: dict[int, keras.layers.Layer] = {}
    waiting: list[object] = [layer]
    while waiting:
        held = waiting.pop()
        if isinstance(held, keras.layers.Layer) and id(held) not in found:
            found[id(held)] = held
            # Among its attributes Keras keeps a list of the layers that a layer holds in any way.
            waiting += vars(held).values()
        elif isinstance(held, (list, tuple)):
            waiting += held
    return list(found.values())
