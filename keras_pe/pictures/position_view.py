"""From the name of a position encoding to the numbers of its picture."""

import keras
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.models import POSITIONS, resolve_defaults
from keras_pe.pictures.attention_view import attention_view
from keras_pe.pictures.embedding_view import neighbour_view, table_view

LENGTH = 64


def position_view(name, length=LENGTH, seed=0):
    """Returns what an encoding does to a text, with the settings a Transformer has by default.

    Weights are as initialised. Sets the random seeds of Keras, NumPy and Python, so that each
    picture is the same whatever was drawn before.

    Args:
        name: str. One of `POSITIONS`.
        length: int. Tokens of the text, and the longest that the model is made for.
        seed: int.

    Returns:
        `View`.

    Raises:
        ValueError: If the name is unknown.

    Example:
        >>> position_view("alibi", length=3).matrices["head 1"].tolist()
        [[-0.0, nan, nan], [-0.0625, -0.0, nan], [-0.125, -0.0625, -0.0]]
    """
    keras.utils.set_random_seed(seed)
    config = resolve_defaults(ModelConfig(position=name, max_length=length))
    encoding = POSITIONS[name](config)
    if not encoding.built:
        encoding.build((None, None, config.hidden_dim))
    view = _view_of(encoding)
    return view(
        encoding,
        title=f"{name} ({type(encoding).__name__})",
        weights=f", as initialised (seed {seed})" if encoding.weights else "",
        positions=ops.arange(length, dtype="float32")[None],
        dim=config.hidden_dim,
        num_heads=config.num_heads,
        seed=seed,
    )


def _view_of(encoding):
    if not encoding.acts_on_embeddings:
        return attention_view
    return table_view if encoding.reads_positions else neighbour_view
