"""Rotation of queries and keys by an angle that grows with the position."""

import keras
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.rotary_scaling.base import RotaryScaling
from keras_pe.layers.position.rotary_scaling.named import rotary_scaling
from keras_pe.layers.position.rotary_scaling.text_lengths import text_lengths
from keras_pe.layers.position.rotation import LAYOUTS, turn, turning_tables


@keras.saving.register_keras_serializable(package="keras_pe")
class RotaryPositionEncoding(PositionEncoding):
    """Turns pairs of query and key features by an angle proportional to the position.

    Pair k of d features is turned by p * max_wavelength ** (-2k / d), so a logit depends on the
    content and on the distance i - j with its sign. d are the first `rotary_fraction` of the
    features of a head; the others are not turned. Pairs are (k, k + d/2) with `layout="half"` and
    (2k, 2k + 1) with `layout="interleaved"`; the two are equal up to a permutation of the
    projections, hence not interchangeable for saved weights. Acts inside attention; an LSTM cannot
    use it. No weights, no longest position, though accuracy past the trained length is not promised
    by the paper: `scaling` changes the frequencies to reach further.

    Args:
        max_wavelength: float. Wavelengths go from 2 pi towards 2 pi times this many tokens.
        layout: `"half"` or `"interleaved"`.
        rotary_fraction: float in (0, 1]. Of the features of a head, rounded down.
        scaling: A `RotaryScaling`; or `"linear"`, `"ntk"`, `"dynamic_ntk"`, `"yarn"`, `"llama3"` or
            `"proportional"` for one with its defaults; None for the paper's frequencies.
            `"longrope"` needs lists, so only the object will do.
        scaling_factor: float, at least 1; only with a name. How many times as long as the trained
            ones texts may be.
        original_length: int, in tokens; only with a name that reads it. The trained length.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range, has no effect or is missing, or the features to
            turn are odd.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> heads = keras.ops.ones((1, 3, 2, 4))
        >>> rotary = RotaryPositionEncoding(scaling="yarn", scaling_factor=4.0, original_length=512)
        >>> tables = rotary.prepare(positions, positions, head_dim=4)
        >>> queries, keys = rotary.rotate(heads, heads, tables)
        >>> tuple(queries.shape)
        (1, 3, 2, 4)

    Source: Su et al. (2021), section 3.4, https://arxiv.org/abs/2104.09864; the fraction: Black et
        al. (2022), https://arxiv.org/abs/2204.06745
    """

    def __init__(
        self,
        max_wavelength=10_000.0,
        layout="half",
        rotary_fraction=1.0,
        scaling=None,
        scaling_factor=None,
        original_length=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        check_rotation(max_wavelength, layout)
        if not 0 < rotary_fraction <= 1:
            raise ValueError(
                "`rotary_fraction` must be above 0 and at most 1. "
                f"Received: rotary_fraction={rotary_fraction!r}"
            )
        self.max_wavelength = max_wavelength
        self.layout = layout
        self.rotary_fraction = rotary_fraction
        self.scaling = scaling
        self.scaling_factor = scaling_factor
        self.original_length = original_length
        self._frequencies = rotary_scaling(scaling, scaling_factor, original_length)

    @property
    def reads_distances_only(self):
        # A shift of all positions makes the text look longer.
        return not self.reads_text_length

    @property
    def reads_text_length(self):
        return self._frequencies.depends_on_length

    def check_heads(self, num_heads, head_dim):
        rotary_dim = self._rotary_dim(head_dim)
        if self.rotary_fraction == 1:
            check_even(head_dim)
        if rotary_dim < 2 or rotary_dim % 2:
            raise ValueError(
                "`rotary_fraction` must give an even number of features per head to turn, at least "
                f"2. Received: rotary_fraction={self.rotary_fraction!r}, {head_dim} features per "
                f"head, {rotary_dim} to turn"
            )
        self._frequencies.check_rotary_dim(rotary_dim)

    def _rotary_dim(self, head_dim):
        return int(head_dim * self.rotary_fraction)

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        of_queries = of_keys = None
        if self._frequencies.depends_on_length:
            of_queries, of_keys = text_lengths(query_positions, key_positions, same_text)
        queries = self._tables(query_positions, of_queries, head_dim)
        same = key_positions is query_positions
        return queries, queries if same else self._tables(key_positions, of_keys, head_dim)

    def rotate(self, queries, keys, tables):
        of_queries, of_keys = tables
        return turn(queries, *of_queries, self.layout), turn(keys, *of_keys, self.layout)

    def _tables(self, positions, lengths, head_dim):
        frequencies, size = self._frequencies.inverse_frequencies(
            self._rotary_dim(head_dim), self.max_wavelength, lengths, head_dim
        )
        angles = positions[..., None] * ops.convert_to_tensor(frequencies)
        return turning_tables(angles, self.layout, size)

    def get_config(self):
        scaling = self.scaling
        if isinstance(scaling, RotaryScaling):
            scaling = keras.saving.serialize_keras_object(scaling)
        return {
            **super().get_config(),
            "max_wavelength": self.max_wavelength,
            "layout": self.layout,
            "rotary_fraction": self.rotary_fraction,
            "scaling": scaling,
            "scaling_factor": self.scaling_factor,
            "original_length": self.original_length,
        }

    @classmethod
    def from_config(cls, config):
        scaling = config.get("scaling")
        if isinstance(scaling, dict):
            scaling = keras.saving.deserialize_keras_object(scaling)
        return cls(**{**config, "scaling": scaling})


def check_rotation(max_wavelength, layout):
    """Raises `ValueError` if an argument that all rotations share is out of range."""
    if max_wavelength <= 1:
        raise ValueError(
            f"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength!r}"
        )
    if layout not in LAYOUTS:
        raise ValueError(
            f"`layout` must be one of: {', '.join(LAYOUTS)}. Received: layout={layout!r}"
        )


def check_even(head_dim):
    """Raises `ValueError` if the features of a head cannot be turned in pairs."""
    if head_dim % 2:
        raise ValueError(
            "Features per head must be even to be turned in pairs. "
            f"Received: {head_dim} features per head. "
            "Choose another `num_heads` or another width of the token vectors."
        )
