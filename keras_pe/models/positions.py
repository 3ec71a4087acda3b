"""The names of the position encodings, and which settings each reads."""

from keras_pe.layers import (
    FIRE,
    KERPLE,
    ALiBi,
    ConvolutionalPositionEncoding,
    CoPE,
    DisentangledPosition,
    DynamicPositionBias,
    ForgettingBias,
    FourierPositionEncoding,
    LearnedPositionEmbedding,
    PolarPositionEncoding,
    PositionEncoding,
    RotaryPositionEncoding,
    Sandwich,
    ShawRelativePosition,
    SinusoidalPositionEncoding,
    T5RelativeBias,
    TransformerXLPosition,
    XPosPositionEncoding,
)
from keras_pe.models.longest_text import longest_text
from keras_pe.models.position_sources import highest_positions


def learned(config):
    """Returns the learned table of a config.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Raises:
        ValueError: If the longest text has positions for which the table has no answer.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> learned(ModelConfig(max_length=64, extrapolation="clip")).max_length
        64
    """
    encoding = LearnedPositionEmbedding(
        highest_positions(config), extrapolation=config.extrapolation
    )
    squeezed = config.position_source == "interpolated"
    if encoding.reach and not squeezed and longest_text(config) > encoding.reach:
        raise ValueError(
            f"position='learned' has no answer past {encoding.reach:,} tokens with "
            f"extrapolation={config.extrapolation!r}. Received: texts of {longest_text(config):,} "
            "tokens. Choose another extrapolation, such as clip or interpolate."
        )
    return encoding


def rotary(config):
    """Returns the rotary encoding of a config, with its scaling.

    Args:
        config: `ModelConfig`, or a config that has its fields.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> rotary(ModelConfig(rotary_scaling="yarn", max_length=64)).original_length
        64
    """
    scaling = config.rotary_scaling
    takes_factor = scaling not in (None, "proportional")
    takes_length = scaling in ("dynamic_ntk", "yarn", "llama3")
    return RotaryPositionEncoding(
        max_wavelength=config.max_wavelength,
        rotary_fraction=config.rotary_fraction,
        scaling=scaling,
        scaling_factor=config.rotary_factor if takes_factor else None,
        original_length=config.max_length if takes_length else None,
    )


POSITIONS = {
    "none": lambda c: PositionEncoding(),
    "sinusoidal": lambda c: SinusoidalPositionEncoding(max_wavelength=c.max_wavelength),
    "learned": learned,
    "fourier": lambda c: FourierPositionEncoding(max_wavelength=c.max_wavelength),
    "convolutional": lambda c: ConvolutionalPositionEncoding(),
    "rotary": rotary,
    "polar": lambda c: PolarPositionEncoding(c.num_heads, max_wavelength=c.max_wavelength),
    "xpos": lambda c: XPosPositionEncoding(
        c.num_heads, max_wavelength=c.max_wavelength, direction=c.direction or "split"
    ),
    "alibi": lambda c: ALiBi(c.num_heads, direction=c.direction or "split"),
    "t5": lambda c: T5RelativeBias(c.num_heads, max_distance=c.max_distance or 128),
    "kerple": lambda c: KERPLE(c.num_heads, direction=c.direction or "split"),
    "fire": lambda c: FIRE(c.num_heads, threshold=c.max_length),
    "sandwich": lambda c: Sandwich(
        c.num_heads, max_wavelength=c.max_wavelength, direction=c.direction or "split"
    ),
    "dynamic_bias": lambda c: DynamicPositionBias(c.num_heads),
    "shaw": lambda c: ShawRelativePosition(c.num_heads, max_distance=c.max_distance or 16),
    "transformer_xl": lambda c: TransformerXLPosition(c.num_heads, max_wavelength=c.max_wavelength),
    "disentangled": lambda c: DisentangledPosition(c.num_heads, max_distance=c.max_distance or 512),
    "cope": lambda c: CoPE(c.num_heads),
    "forgetting": lambda c: ForgettingBias(c.num_heads),
}
