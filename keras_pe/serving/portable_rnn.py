"""Keeps cuDNN kernels, which run on Nvidia GPUs only, out of an exported graph."""

from collections.abc import Iterator
from contextlib import contextmanager

import keras

from keras_pe.layers.layers_inside import layers_inside


@contextmanager
def without_cudnn(model: keras.Model) -> Iterator[None]:
    """Sets `use_cudnn = False` on every LSTM and GRU inside a model, and restores it afterwards.

    Where a GPU is visible, Keras otherwise traces `CudnnRNNV3`, for which a CPU has no kernel. The
    weights are the same for both kernels.

    Args:
        model: any Keras model or layer; layers inside layers are found too.
    """
    settings = {
        layer: layer.use_cudnn for layer in layers_inside(model) if hasattr(layer, "use_cudnn")
    }
    try:
        for layer in settings:
            layer.use_cudnn = False
        yield
    finally:
        for layer, use_cudnn in settings.items():
            layer.use_cudnn = use_cudnn
