"""From settings to a classifier."""

import math

import keras

from keras_pe.config import ModelConfig, SettingsRead
from keras_pe.layers import SegmentEmbedding, TokenEmbedding
from keras_pe.models.defaults import resolve_defaults
from keras_pe.models.encoders import ENCODERS
from keras_pe.models.heads import HEADS
from keras_pe.models.lookup import look_up
from keras_pe.models.position_sources import build_position_source
from keras_pe.models.positions import POSITIONS
from keras_pe.models.windows import in_windows


def build_classifier(config):
    """Builds a text classifier from token ids to probabilities, or to a number.

    Embedding, position encoding, LSTM or Transformer, pooling, and the head of the problem type.
    The head is float32 under every precision. With `truncation="window"`, the text is cut into
    windows first, and the vectors of the windows are pooled before the head. With `text_pairs`, a
    learned vector tells the tokens of the second text from those of the first. It is a plain
    functional `keras.Model`: `fit`, `summary`, `save` and `keras.saving.load_model` work as for any
    other.

    Args:
        config: `ModelConfig`, or a config that has its fields. `num_classes` must be set, or
            `target_mean` and `target_deviation` where the answer is a number.

    Returns:
        A `keras.Model` from `token_ids` [B, T], int32, 0 = padding, to `probabilities`
        [B, num_classes], float32, or to `value` [B, 1], float32.

    Raises:
        ValueError: If a name is unknown, the model cannot use the encoding or the pooling, a
            setting would have no effect, or one that must be set is missing.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> model = build_classifier(ModelConfig(model="lstm", num_classes=4))
        >>> tuple(model.output_shape)
        (None, 4)
    """
    settings = SettingsRead(resolve_defaults(config))
    position = look_up(POSITIONS, "position", settings.position)(settings)
    source = build_position_source(settings, position)
    encoder = look_up(ENCODERS, "model", settings.model)
    head = look_up(HEADS, "problem type", settings.problem_type)

    def encode(token_ids):
        return encoder(settings, position, source, _embed(settings, token_ids))

    token_ids = keras.Input((None,), dtype="int32", name="token_ids")
    whole = settings.truncation != "window"
    text = encode(token_ids) if whole else in_windows(settings, encode, token_ids)
    answer = head(settings, text)
    _refuse_unread(settings)
    return keras.Model(token_ids, answer, name=f"{settings.model}_classifier")


def _embed(settings, token_ids):
    tokens = TokenEmbedding(
        settings.vocabulary_size, settings.hidden_dim, mask_zero=True, name="token_embedding"
    )(token_ids)
    if settings.text_pairs:
        tokens = SegmentEmbedding(name="segment_embedding")(tokens, token_ids)
    # Vaswani et al. (2017), 3.4: else a position of size 1 would drown tokens of size 0.05.
    tokens = keras.layers.Rescaling(math.sqrt(settings.hidden_dim), name="token_scale")(tokens)
    if settings.word_dropout:
        # The same draw for all features of a token: whole words go, not single features.
        whole_words = (None, None, 1)
        tokens = keras.layers.Dropout(
            settings.word_dropout, noise_shape=whole_words, name="word_dropout"
        )(tokens)
    return tokens


def _refuse_unread(settings):
    # Cutting texts is the tokenizer's business, whether or not the encoding has a longest position.
    _ = settings.max_length, settings.inference_length
    names = ("model", "position", "position_source", "truncation", "problem_type")
    because = ", ".join(f"{name}={getattr(settings, name)!r}" for name in names)
    settings.refuse_unread(ModelConfig, because=because)
