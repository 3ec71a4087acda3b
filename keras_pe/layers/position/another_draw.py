"""Initializers for the second and further weights of a layer, which must not repeat the first."""

import keras


def another_draw(initializer, number=1):
    """Returns an initializer like the given one whose numbers are others.

    An initializer of Keras draws the same numbers at every call, whether its seed was given or
    drawn: two matrices made by one would hold the same values, row by row.

    Args:
        initializer: An initializer, or a function of (shape, dtype), which is returned as it is.
        number: int, added to a seed that was given; one for each weight.
    """
    if not isinstance(initializer, keras.initializers.Initializer):
        return initializer
    config = initializer.get_config()
    seed = config.get("seed")
    if isinstance(seed, int):
        return type(initializer).from_config({**config, "seed": seed + number})
    # A generator goes on by itself; a copy of it would begin anew.
    return initializer if seed is not None else type(initializer).from_config(config)
