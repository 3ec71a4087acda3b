"""The names of the position encodings, and which settings each reads."""

from keras_pe.layers import (
    ALiBi,
    LearnedPositionEmbedding,
    PositionEncoding,
    RotaryPositionEncoding,
    SinusoidalPositionEncoding,
)

POSITIONS = {
    "none": lambda c: PositionEncoding(),
    "sinusoidal": lambda c: SinusoidalPositionEncoding(max_wavelength=c.max_wavelength),
    "learned": lambda c: LearnedPositionEmbedding(c.max_length, extrapolation=c.extrapolation),
    "rotary": lambda c: RotaryPositionEncoding(max_wavelength=c.max_wavelength),
    "alibi": lambda c: ALiBi(num_heads=c.num_heads),
}
