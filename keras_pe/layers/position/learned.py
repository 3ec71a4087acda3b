"""One trained vector per position, and what happens after the last."""

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position_source.counted import token_positions

POLICIES = ("error", "clip", "interpolate", "hierarchical")
# Su (2020) found 0.4; anything but 1/2 keeps (a, b) and (b, a) apart.
HIERARCHY_SHARE = 0.4


@keras.saving.register_keras_serializable(package="keras_pe")
class LearnedPositionEmbedding(PositionEncoding):
    """Adds a trained vector per position to every token vector.

    What happens to positions from `max_length` on is a decision, `extrapolation`:

    - `"error"`: raises where the positions are known: in an eager call, and while a functional
      model is built from unmasked inputs of fixed length. Compiled code cannot raise on every
      device, so there such a position gives NaN: loud, and the same everywhere.
    - `"clip"`: the last vector serves all later positions.
    - `"interpolate"`: rows longer than the table are squeezed, p' = p (max_length - 1) / (L - 1)
      with L the row's own length, and read between neighbouring vectors; shorter rows are
      untouched. In a packed row, L is that of its longest text.
    - `"hierarchical"`: with u_p = (E_p - a E_0) / (1 - a) and a = 0.4, position p reads
      a u[p // max_length] + (1 - a) u[p mod max_length]. Exactly E_p below `max_length`; reaches
      max_length ** 2, and raises or gives NaN, as above, beyond.

    Positions below 0 have no vector either: `"error"` and `"hierarchical"` treat them as beyond the
    table, the others as 0.

    Args:
        max_length: int. Positions with a vector of their own, in tokens.
        extrapolation: One of the four above.
        initializer: Of the table, D columns.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        embeddings: [B, T, D], float.
        positions: [B or 1, T], int or float; optional. Fractions read between neighbours under
            `"interpolate"` and are rounded down otherwise. Those of padding do not count.
        mask: [B, T], bool, True where a token is; optional.

    Returns:
        [B, T, D], token vectors plus position vectors, the compute dtype; the sum is rounded once.

    Raises:
        ValueError: If `max_length` is below 1, `extrapolation` is unknown, or a position is beyond
            the table.

    Example:
        >>> layer = LearnedPositionEmbedding(max_length=8, extrapolation="clip")
        >>> tuple(layer(keras.ops.ones((1, 12, 4))).shape)
        (1, 12, 4)

    Source: Devlin et al. (2018), https://arxiv.org/abs/1810.04805; the hierarchy: Su (2020),
        https://kexue.fm/archives/7947
    """

    def __init__(self, max_length, extrapolation="error", initializer="uniform", **kwargs):
        super().__init__(**kwargs)
        if max_length < 1:
            raise ValueError(f"`max_length` must be at least 1. Received: max_length={max_length}")
        if extrapolation not in POLICIES:
            raise ValueError(
                f"`extrapolation` must be one of: {', '.join(POLICIES)}. "
                f"Received: extrapolation={extrapolation!r}"
            )
        self.max_length = max_length
        self.extrapolation = extrapolation
        self.initializer = keras.initializers.get(initializer)

    @property
    def reach(self):
        """How many positions have an answer, in tokens; None for all of them."""
        reach = {"error": self.max_length, "hierarchical": self.max_length**2}
        return reach.get(self.extrapolation)

    def build(self, embeddings_shape):
        self.table = self.add_weight(
            shape=(self.max_length, embeddings_shape[-1]),
            initializer=self.initializer,
            # A row rounded to the compute dtype and added would be rounded twice.
            autocast=False,
            name="table",
        )
        self.built = True

    def call(self, embeddings, positions=None, mask=None, embeddings_mask=None):
        mask = embeddings_mask if mask is None else mask
        positions = token_positions(embeddings, positions=positions, mask=mask)
        if mask is not None:
            positions = ops.where(ops.cast(mask, "bool"), positions, 0.0)
        self._refuse(_known_values(positions))
        return super().call(embeddings, positions=positions, mask=mask)

    def compute_output_spec(self, embeddings, positions=None, mask=None, embeddings_mask=None):
        length = embeddings.shape[1]
        # With a mask, how far the positions go depends on the padding.
        if length and positions is None and mask is None:
            self._refuse(np.arange(length))
        return super().compute_output_spec(embeddings)

    def add(self, embeddings, positions):
        if self.extrapolation == "interpolate":
            return embeddings + self._interpolated(positions)
        rows = ops.cast(ops.floor(positions), "int32")
        if self.extrapolation == "clip":
            return embeddings + self._rows(rows)
        found = self._rows(rows) if self.extrapolation == "error" else self._hierarchical(rows)
        within_reach = ops.logical_and(rows >= 0, rows < self.reach)[..., None]
        return embeddings + ops.where(within_reach, found, float("nan"))

    def _rows(self, rows):
        rows = ops.clip(rows, 0, self.max_length - 1)
        return ops.cast(ops.take(self.table, rows, axis=0), "float32")

    def _interpolated(self, positions):
        last = ops.max(positions, axis=1, keepdims=True)
        end = float(self.max_length - 1)
        squeezed = ops.where(last > end, positions * (end / ops.maximum(last, 1.0)), positions)
        below = ops.floor(squeezed)
        share = (squeezed - below)[..., None]
        below = ops.cast(below, "int32")
        return self._rows(below) * (1.0 - share) + self._rows(below + 1) * share

    def _hierarchical(self, rows):
        share = HIERARCHY_SHARE
        origin = share * ops.cast(self.table[0], "float32")
        block = self._rows(rows // self.max_length) - origin
        within = self._rows(rows % self.max_length) - origin
        return (share * block + (1.0 - share) * within) / (1.0 - share)

    def _refuse(self, positions):
        """Raises if one of these positions has no answer; `positions` may be None: not known."""
        if positions is None or self.reach is None:
            return
        beyond = positions[(positions < 0) | (positions >= self.reach)]
        if beyond.size:
            raise ValueError(
                f"Positions must be at least 0 and below {self.reach}, the reach of {self.name!r} "
                f"with max_length={self.max_length} and extrapolation={self.extrapolation!r}. "
                f"Received: position {beyond[-1]:g}. Cut the text, raise `max_length`, or choose "
                "extrapolation='clip', 'interpolate' or 'hierarchical'."
            )

    def get_config(self):
        config = super().get_config()
        return {
            **config,
            "max_length": self.max_length,
            "extrapolation": self.extrapolation,
            "initializer": keras.initializers.serialize(self.initializer),
        }


def _known_values(positions):
    """Returns the positions as a NumPy array, or None in code that is being traced."""
    try:
        return ops.convert_to_numpy(positions)
    except (TypeError, NotImplementedError):
        # That there is no value yet, JAX says with a TypeError; the others as not implemented.
        return None
