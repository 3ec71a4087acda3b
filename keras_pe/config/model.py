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

    model: str = setting(
        "transformer", "kind of network", choices=table_names("models/encoders.py", "ENCODERS")
    )
    position: str = setting(
        "sinusoidal",
        "position encoding",
        choices=table_names("models/positions.py", "POSITIONS"),
    )
    vocabulary_size: int = setting(10_000, "most entries the tokenizer may learn", at_least=10)
    max_length: int = setting(128, "tokens a text is cut to, [CLS] and [SEP] included", at_least=3)
    num_classes: int | None = setting(None, "number of classes; read from the data", at_least=2)
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
    dense_dim: int = setting(64, "width of the relu layer before the head (lstm)", at_least=1)
    num_layers: int = setting(2, "encoder blocks (transformer)", at_least=1)
    num_heads: int = setting(4, "attention heads (transformer)", at_least=1)
    intermediate_dim: int = setting(512, "inner width of the feed-forward part", at_least=1)
    max_wavelength: float = setting(10_000.0, "longest sinusoid, in tokens / 2 pi", above=1.0)
    extrapolation: str = setting(
        "error",
        "what a learned table does past `max_length`",
        choices=("error", "clip", "interpolate", "hierarchical"),
    )

    def __post_init__(self):
        check_settings(self)
