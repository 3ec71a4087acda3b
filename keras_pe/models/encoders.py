"""The names of the encoders: each turns token vectors into one vector per text."""

import keras

from keras_pe.layers import LSTM, ByteDropout, TransformerEncoder
from keras_pe.models.longest_text import longest_text
from keras_pe.models.lookup import look_up
from keras_pe.models.poolings import POOLINGS

# Queries at a time: [B, H, 512, T] float32 at 8,192 tokens is 64 MiB for each text and 4 heads.
QUERY_CHUNK = 512


def lstm(settings, position, source, embeddings):
    """Returns [B, D]: position, LSTM, its last state or a pooling, a relu layer if there is one."""
    if position.acts_in_attention:
        raise ValueError(
            f"position={settings.position!r} acts inside attention, which model='lstm' does not "
            "have. Choose an additive position such as sinusoidal, or model='transformer'."
        )
    if settings.pooling == "cls":
        raise ValueError(
            "pooling='cls' takes the state at the first token, where an LSTM has read no other. "
            f"Choose one of: {', '.join(['last', *(name for name in POOLINGS if name != 'cls')])}"
        )
    last_only = settings.pooling == "last"
    positions = None if settings.position_source == "counted" else source(embeddings)
    tokens = position(embeddings, positions=positions)
    tokens = ByteDropout(settings.dropout, name="input_dropout")(tokens)
    layer = LSTM(settings.lstm_units, return_sequences=not last_only, name="lstm")
    layer = keras.layers.Bidirectional(layer, name="bilstm") if settings.bidirectional else layer
    states = layer(tokens)
    text = states if last_only else _pool(settings, states)
    if settings.dense_dim:
        text = keras.layers.Dense(settings.dense_dim, activation="relu", name="dense")(text)
    return keras.layers.Dropout(settings.dropout, name="output_dropout")(text)


def transformer(settings, position, source, embeddings):
    """Returns [B, hidden_dim]: encoder blocks, pooling, dropout."""
    encoder = TransformerEncoder(
        num_layers=settings.num_layers,
        num_heads=settings.num_heads,
        intermediate_dim=settings.intermediate_dim,
        position=position,
        position_source=source,
        dropout=settings.dropout,
        log_n_scaling=settings.log_n_scaling,
        share_position=settings.share_position,
        attention_window=settings.attention_window,
        # Texts are cut at the longest length: no graph needs what only longer ones would use.
        query_chunk_size=None if longest_text(settings) <= QUERY_CHUNK else QUERY_CHUNK,
        name="encoder",
    )
    text = _pool(settings, encoder(embeddings))
    return keras.layers.Dropout(settings.dropout, name="output_dropout")(text)


def _pool(settings, tokens):
    if settings.pooling == "last":
        raise ValueError(
            f"pooling='last' reads the last state of an LSTM, which model={settings.model!r} does "
            f"not have. Choose one of: {', '.join(POOLINGS)}"
        )
    return look_up(POOLINGS, "pooling", settings.pooling)(name="pooling")(tokens)


ENCODERS = {
    "lstm": lstm,
    "transformer": transformer,
}
