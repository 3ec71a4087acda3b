"""What tokens see, from what a test writes down."""

from keras_pe.layers.tokens import Tokens
from keras_pe.layers.visible_keys import keys_of_text, visible_keys


def visible_among(positions, mask=None, segment_ids=None, causal=False):
    tokens = Tokens(positions, positions, mask, segment_ids)
    return visible_keys(tokens, tokens, keys_of_text(tokens, tokens), causal)
