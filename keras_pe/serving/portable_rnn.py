"""Keeps cuDNN kernels, which run on Nvidia GPUs only, out of an exported graph."""

from collections.abc import Iterator
from contextlib import contextmanager

import keras


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


def layers_inside(layer: keras.layers.Layer) -> list[keras.layers.Layer]:
    """Lists a layer and all layers inside it, each once."""
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
