"""What the network is."""

import dataclasses

from keras_pe.config.setting import check_settings, setting
from keras_pe.config.table_names import table_names


@dataclasses.dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """Settings of the network.

    `None` stands for the default of the chosen model, or for a number that only the data know.

    Example:
        >>> ModelConfig(model="lstm", num_classes=4).position
        'sinusoidal'
    """

    problem_type: str = setting(
        "single_label",
        "what a text has: one of several labels, any number of them (multi_label), or a number "
        "(regression)",
        choices=table_names("data/targets/targets.py", "TARGETS"),
    )
    model: str = setting(
        "transformer", "kind of network", choices=table_names("models/encoders.py", "ENCODERS")
    )
    position: str = setting(
        "sinusoidal",
        "position encoding",
        choices=table_names("models/positions.py", "POSITIONS"),
    )
    position_source: str = setting(
        "counted",
        "where positions come from",
        choices=table_names("models/position_sources.py", "POSITION_SOURCES"),
    )
    vocabulary_size: int = setting(10_000, "most entries the tokenizer may learn", at_least=7)
    max_length: int = setting(128, "tokens a text is cut to, [CLS] and [SEP] included", at_least=3)
    truncation: str = setting(
        "head",
        "what is read of a longer text: its beginning, its end, a quarter of the one and three of "
        "the other, or all of it in windows of max_length tokens",
        choices=table_names("text/truncations.py", "TRUNCATIONS"),
    )
    inference_length: int | None = setting(
        None,
        "tokens a text is cut to once the model is trained (default: as in training)",
        at_least=3,
    )
    window_overlap: int | None = setting(
        None,
        "tokens that neighbouring windows share (window; default: a quarter of max_length)",
        at_least=0,
    )
    window_pooling: str = setting(
        "mean",
        "how the vectors of a text's windows become one (window)",
        choices=table_names("models/poolings.py", "WINDOW_POOLINGS"),
    )
    max_windows: int = setting(
        8, "most windows of a text, beyond which it is cut: a bound on memory (window)", at_least=1
    )
    second_length: int | None = setting(
        None,
        "tokens of the second text that every window of the first is sure to stand beside; it is "
        "cut to them where a pair needs several windows (window with pairs; default: a quarter of "
        "max_length)",
        at_least=1,
    )
    text_pairs: bool = setting(False, "whether inputs are pairs of texts; read from the data")
    num_classes: int | None = setting(None, "number of classes; read from the data", at_least=2)
    target_mean: float | None = setting(
        None, "mean of the training targets; read from the data (regression)"
    )
    target_deviation: float | None = setting(
        None, "their standard deviation; read from the data (regression)", above=0.0
    )
    hidden_dim: int | None = setting(
        None, "width of the token vectors (lstm: 64, transformer: 128)", at_least=1
    )
    dropout: float | None = setting(
        None, "dropout rate (lstm: 0.2, transformer: 0.1)", at_least=0.0, below=1.0
    )
    word_dropout: float | None = setting(
        None,
        "share of whole token vectors dropped in training (lstm: 0, transformer: 0.2)",
        at_least=0.0,
        below=1.0,
    )
    pooling: str | None = setting(
        None,
        "how token vectors become one (lstm: last, transformer: mean)",
        choices=("last", *table_names("models/poolings.py", "POOLINGS")),
    )
    lstm_units: int = setting(128, "units of the LSTM", at_least=1)
    bidirectional: bool = setting(False, "read the text in both directions (lstm)")
    dense_dim: int = setting(
        64, "width of the relu layer before the head, 0: no such layer (lstm)", at_least=0
    )
    num_layers: int = setting(2, "encoder blocks (transformer)", at_least=1)
    num_heads: int = setting(4, "attention heads (transformer)", at_least=1)
    intermediate_dim: int = setting(512, "inner width of the feed-forward part", at_least=1)
    max_wavelength: float = setting(10_000.0, "longest sinusoid, in tokens / 2 pi", above=1.0)
    rotary_fraction: float = setting(
        1.0, "share of each head that is rotated (rotary)", above=0.0, at_most=1.0
    )
    rotary_scaling: str | None = setting(
        None,
        "how rotary frequencies reach past `max_length`",
        choices=("linear", "ntk", "dynamic_ntk", "yarn", "llama3", "proportional"),
    )
    rotary_factor: float = setting(4.0, "times `max_length` that rotary_scaling reaches", above=1.0)
    direction: str | None = setting(
        None,
        "how a bias of distances sees direction (default: every other head looks left)",
        choices=("split", "asymmetric", "symmetric", "causal"),
    )
    max_distance: int | None = setting(
        None, "distance from which on relative encodings tell none apart, in tokens", at_least=2
    )
    max_position: int = setting(2048, "positions there are to draw from (randomized)", at_least=2)
    inference_positions: str = setting(
        "evenly_spaced",
        "positions at inference (randomized)",
        choices=("evenly_spaced", "identity", "random"),
    )
    max_shift: int = setting(
        100, "largest shift of a text, in tokens (shifted, augmented)", at_least=1
    )
    log_n_scaling: float | None = setting(
        None,
        "tokens at which attention logits, times ln(n), keep their size (transformer)",
        above=1.0,
    )
    attention_window: int | None = setting(
        None,
        "tokens that a token sees to each side (default: all; transformer)",
        at_least=1,
    )
    share_position: bool = setting(
        True, "one position encoding for all blocks, instead of one each (transformer)"
    )
    extrapolation: str = setting(
        "error",
        "what a learned table does past `max_length`",
        choices=("error", "clip", "interpolate", "hierarchical"),
    )

    def __post_init__(self):
        check_settings(self)
