"""The names of the position encodings, and which settings each reads."""

from keras_pe.layers import (
    FIRE,
    KERPLE,
    ALiBi,
    ConvolutionalPositionEncoding,
    DynamicPositionBias,
    FourierPositionEncoding,
    LearnedPositionEmbedding,
    PositionEncoding,
    RotaryPositionEncoding,
    Sandwich,
    SinusoidalPositionEncoding,
    T5RelativeBias,
)
from keras_pe.models.position_sources import highest_positions

POSITIONS = {
    "none": lambda c: PositionEncoding(),
    "sinusoidal": lambda c: SinusoidalPositionEncoding(max_wavelength=c.max_wavelength),
    "learned": lambda c: LearnedPositionEmbedding(
        highest_positions(c), extrapolation=c.extrapolation
    ),
    "fourier": lambda c: FourierPositionEncoding(max_wavelength=c.max_wavelength),
    "convolutional": lambda c: ConvolutionalPositionEncoding(),
    "rotary": lambda c: RotaryPositionEncoding(max_wavelength=c.max_wavelength),
    "alibi": lambda c: ALiBi(c.num_heads, direction=c.direction or "split"),
    "t5": lambda c: T5RelativeBias(c.num_heads, max_distance=c.max_distance or 128),
    "kerple": lambda c: KERPLE(c.num_heads, direction=c.direction or "split"),
    "fire": lambda c: FIRE(c.num_heads, threshold=c.max_length),
    "sandwich": lambda c: Sandwich(
        c.num_heads, max_wavelength=c.max_wavelength, direction=c.direction or "split"
    ),
    "dynamic_bias": lambda c: DynamicPositionBias(c.num_heads),
}
