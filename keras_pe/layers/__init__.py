"""Keras layers for every backend: positional encodings, attention, encoder, pooling."""

from keras_pe.layers.attention import SelfAttention
from keras_pe.layers.byte_dropout import ByteDropout
from keras_pe.layers.centred_normalization import CentredNormalization
from keras_pe.layers.encoder import TransformerEncoder
from keras_pe.layers.encoder_block import EncoderBlock
from keras_pe.layers.lstm import LSTM
from keras_pe.layers.pooling.attention import AttentionPooling
from keras_pe.layers.pooling.first import FirstTokenPooling
from keras_pe.layers.pooling.maximum import MaxPooling
from keras_pe.layers.pooling.mean import MeanPooling
from keras_pe.layers.position.alibi import ALiBi
from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.convolutional import ConvolutionalPositionEncoding
from keras_pe.layers.position.cope import CoPE
from keras_pe.layers.position.disentangled import DisentangledPosition
from keras_pe.layers.position.dynamic_bias import DynamicPositionBias
from keras_pe.layers.position.fire import FIRE
from keras_pe.layers.position.forgetting import ForgettingBias
from keras_pe.layers.position.fourier import FourierPositionEncoding
from keras_pe.layers.position.kerple import KERPLE
from keras_pe.layers.position.learned import LearnedPositionEmbedding
from keras_pe.layers.position.polar import PolarPositionEncoding
from keras_pe.layers.position.rotary import RotaryPositionEncoding
from keras_pe.layers.position.rotary_scaling.base import RotaryScaling
from keras_pe.layers.position.rotary_scaling.dynamic_ntk import DynamicNTKScaling
from keras_pe.layers.position.rotary_scaling.linear import LinearScaling
from keras_pe.layers.position.rotary_scaling.llama3 import Llama3Scaling
from keras_pe.layers.position.rotary_scaling.longrope import LongRoPEScaling
from keras_pe.layers.position.rotary_scaling.ntk import NTKScaling
from keras_pe.layers.position.rotary_scaling.proportional import ProportionalScaling
from keras_pe.layers.position.rotary_scaling.yarn import YaRNScaling
from keras_pe.layers.position.sandwich import Sandwich
from keras_pe.layers.position.shaw import ShawRelativePosition
from keras_pe.layers.position.sinusoidal import SinusoidalPositionEncoding
from keras_pe.layers.position.t5 import T5RelativeBias
from keras_pe.layers.position.transformer_xl import TransformerXLPosition
from keras_pe.layers.position.xpos import XPosPositionEncoding
from keras_pe.layers.position_source.augmented import AugmentedPositions
from keras_pe.layers.position_source.base import PositionSource
from keras_pe.layers.position_source.interpolated import InterpolatedPositions
from keras_pe.layers.position_source.randomized import RandomizedPositions
from keras_pe.layers.position_source.shifted import ShiftedPositions
from keras_pe.layers.position_source.transform import PositionTransform
from keras_pe.layers.segment_embedding import SegmentEmbedding
from keras_pe.layers.text_windows import TextWindows
from keras_pe.layers.token_dense import TokenDense
from keras_pe.layers.token_embedding import TokenEmbedding
from keras_pe.layers.window_vectors import WindowVectors

__all__ = [
    "ALiBi",
    "AttentionPooling",
    "AugmentedPositions",
    "ByteDropout",
    "CentredNormalization",
    "CoPE",
    "ConvolutionalPositionEncoding",
    "DisentangledPosition",
    "DynamicNTKScaling",
    "DynamicPositionBias",
    "EncoderBlock",
    "FIRE",
    "FirstTokenPooling",
    "ForgettingBias",
    "FourierPositionEncoding",
    "InterpolatedPositions",
    "KERPLE",
    "LSTM",
    "LearnedPositionEmbedding",
    "LinearScaling",
    "Llama3Scaling",
    "LongRoPEScaling",
    "MaxPooling",
    "MeanPooling",
    "NTKScaling",
    "PolarPositionEncoding",
    "PositionEncoding",
    "PositionSource",
    "PositionTransform",
    "ProportionalScaling",
    "RandomizedPositions",
    "RotaryPositionEncoding",
    "RotaryScaling",
    "Sandwich",
    "SegmentEmbedding",
    "SelfAttention",
    "ShawRelativePosition",
    "ShiftedPositions",
    "SinusoidalPositionEncoding",
    "T5RelativeBias",
    "TextWindows",
    "TokenDense",
    "TokenEmbedding",
    "TransformerEncoder",
    "TransformerXLPosition",
    "WindowVectors",
    "XPosPositionEncoding",
    "YaRNScaling",
]
