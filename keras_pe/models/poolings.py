"""The names of the poolings."""

from keras_pe.layers import AttentionPooling, FirstTokenPooling, MaxPooling, MeanPooling

POOLINGS = {
    "mean": MeanPooling,
    "cls": FirstTokenPooling,
    "attention": AttentionPooling,
    "max": MaxPooling,
}
