"""Which loop the LSTMs of a model are trained by."""

import keras

from keras_pe.layers.layers_inside import layers_inside


def choose_lstm_loops(model, *, jit_compile):
    """Lets `block_lstm` train the LSTMs of a model where it can and is the fastest.

    That is TensorFlow on a processor; a GPU has cuDNN, XLA and other backends have Keras' loop.

    Args:
        model: `keras.Model`. Its `keras_pe.layers.LSTM` are told.
        jit_compile: bool. Whether XLA compiles the training.

    Example:
        >>> from keras_pe.layers import LSTM
        >>> model = keras.Sequential([keras.Input((None, 4)), LSTM(3)])
        >>> choose_lstm_loops(model, jit_compile=True)
        >>> model.layers[0].training_loop is None
        True
    """
    loop = None if jit_compile else _fastest_loop()
    for layer in layers_inside(model):
        if getattr(layer, "training_loop", loop) is not loop:
            layer.training_loop = loop
            # So that Keras does not choose XLA where it is left to Keras.
            layer.supports_jit = loop is None


def _fastest_loop():
    if keras.backend.backend() != "tensorflow":
        return None
    import tensorflow as tf

    if tf.config.list_logical_devices("GPU"):
        return None
    from keras_pe.training.block_lstm import block_lstm

    return block_lstm
