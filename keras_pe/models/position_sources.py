"""The names of the position sources, and which settings each reads."""

from keras_pe.layers import (
    AugmentedPositions,
    InterpolatedPositions,
    PositionSource,
    RandomizedPositions,
    ShiftedPositions,
)
from keras_pe.models.longest_text import longest_text
from keras_pe.models.lookup import look_up

POSITION_SOURCES = {
    "counted": lambda c: PositionSource(),
    "randomized": lambda c: RandomizedPositions(c.max_position, inference=c.inference_positions),
    "shifted": lambda c: ShiftedPositions(c.max_shift),
    "augmented": lambda c: AugmentedPositions(max_global_shift=c.max_shift),
    "interpolated": lambda c: InterpolatedPositions(max_length=c.max_length),
}


def build_position_source(config, encoding):
    """Returns the position source of a config, if it has an effect on the encoding.

    Args:
        config: `ModelConfig`, or a config that has its fields.
        encoding: The `PositionEncoding` of that config.

    Returns:
        `PositionSource`.

    Raises:
        ValueError: If the name is unknown, the encoding reads no positions, it does not have those
            that the source gives, or the source draws from fewer than a text has tokens.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> from keras_pe.layers import SinusoidalPositionEncoding
        >>> config = ModelConfig(position_source="shifted", max_shift=9)
        >>> build_position_source(config, SinusoidalPositionEncoding()).max_shift
        9
    """
    source = config.position_source
    build = look_up(POSITION_SOURCES, "position source", source)
    if source != "counted" and not encoding.reads_positions:
        raise ValueError(
            f"position_source={source!r} has no effect with position={config.position!r}, which "
            "reads the order of the tokens at most. Leave it out, or choose another position."
        )
    if source == "shifted" and encoding.reads_distances_only:
        raise ValueError(
            f"position_source='shifted' has no effect with position={config.position!r}, which "
            "only reads distances. Leave it out, or choose another position."
        )
    if source == "augmented" and config.position == "learned":
        raise ValueError(
            "position_source='augmented' gives fractions and negative positions, which "
            "position='learned' does not have. Choose another position or another source."
        )
    if source == "randomized" and config.max_position < longest_text(config):
        raise ValueError(
            "`max_position` must be at least the length of the longest text, to draw from. "
            f"Received: max_position={config.max_position}, {longest_text(config)} tokens"
        )
    return build(config)


def highest_positions(config):
    """Returns how many positions a table needs, so that each that the source gives has a row.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Returns:
        int.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> highest_positions(ModelConfig(position_source="shifted", max_shift=9, max_length=8))
        17
    """
    if config.position_source == "randomized":
        return config.max_position
    if config.position_source == "shifted":
        return config.max_length + config.max_shift
    return config.max_length
