"""The precision in which a model is built."""

import contextlib

import keras


@contextlib.contextmanager
def building_in(precision):
    """Makes layers built inside the `with` compute in one precision, then restores the one before.

    The policy must be the global one while the model is built: only then does the model itself
    carry it, and only then does `compile` scale the loss of a `mixed_float16` model.

    Args:
        precision: `"float32"`, `"mixed_bfloat16"` or `"mixed_float16"`.

    Example:
        >>> with building_in("mixed_float16"):
        ...     layer = keras.layers.Dense(2)
        >>> layer.compute_dtype, keras.config.dtype_policy().name
        ('float16', 'float32')
    """
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(precision)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
