"""Keras layers for every backend: positional encodings, attention, encoder, pooling."""

from keras_pe.layers.attention import SelfAttention
from keras_pe.layers.encoder import TransformerEncoder
from keras_pe.layers.encoder_block import EncoderBlock
from keras_pe.layers.pooling.attention import AttentionPooling
from keras_pe.layers.pooling.first import FirstTokenPooling
from keras_pe.layers.pooling.maximum import MaxPooling
from keras_pe.layers.pooling.mean import MeanPooling
from keras_pe.layers.position.alibi import ALiBi
from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.learned import LearnedPositionEmbedding
from keras_pe.layers.position.rotary import RotaryPositionEncoding
from keras_pe.layers.position.sinusoidal import SinusoidalPositionEncoding
from keras_pe.layers.position.sources import PositionSource

__all__ = [
    "ALiBi",
    "AttentionPooling",
    "EncoderBlock",
    "FirstTokenPooling",
    "LearnedPositionEmbedding",
    "MaxPooling",
    "MeanPooling",
    "PositionEncoding",
    "PositionSource",
    "RotaryPositionEncoding",
    "SelfAttention",
    "SinusoidalPositionEncoding",
    "TransformerEncoder",
]
