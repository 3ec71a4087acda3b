"""The names of the poolings: of the tokens of a text, and of its windows."""

from keras_pe.layers import AttentionPooling, FirstTokenPooling, MaxPooling, MeanPooling

POOLINGS = {
    "mean": MeanPooling,
    "cls": FirstTokenPooling,
    "attention": AttentionPooling,
    "max": MaxPooling,
}

# The first window is no summary of the others, as a first token can be.
WINDOW_POOLINGS = {
    "mean": MeanPooling,
    "max": MaxPooling,
    "attention": AttentionPooling,
}
