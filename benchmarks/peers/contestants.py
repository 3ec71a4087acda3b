"""Who trains beside whom, and on which batches."""

from dataclasses import asdict, dataclass, field, replace

from keras_pe.config import RunConfig

KERAS, TORCH = "benchmarks.peers.keras_training", "benchmarks.peers.torch_training"
_SIZES = (
    "model",
    "vocabulary_size",
    "max_length",
    "num_classes",
    "hidden_dim",
    "dropout",
    "lstm_units",
    "bidirectional",
    "dense_dim",
    "num_layers",
    "num_heads",
    "intermediate_dim",
    "learning_rate",
)


_OF_BLOCKS = ("num_layers", "num_heads", "intermediate_dim")


@dataclass(frozen=True)
class Contestant:
    """One way of training.

    Args:
        name: str. What a table calls it.
        module: str. `KERAS` or `TORCH`.
        batches: str. `"padded"` or `"bucketed"`.
        arguments: what `prepare` of the module gets besides the batches.
    """

    name: str
    module: str
    batches: str
    arguments: dict = field(default_factory=dict)


def contestants(config: RunConfig) -> list[Contestant]:
    """Returns the ways of training one model, the plain one first.

    Args:
        config: `RunConfig`, resolved; its `model` says which.
    """
    return [*_keras(config), *_torch(config)]


def sizes(config: RunConfig) -> dict:
    """Returns what a model in another library must be told to be of the same size."""
    every = asdict(config)
    return {name: every[name] for name in _SIZES}


def of_model(config: RunConfig, model: str) -> RunConfig:
    """Returns the settings of the default Transformer, or of an LSTM of the peers' usual size.

    That one reads vectors as wide as the Transformer's, in both directions, and has no use for the
    settings of encoder blocks.
    """
    if model != "lstm":
        return replace(config, model=model)
    default = RunConfig()
    unread = {name: getattr(default, name) for name in _OF_BLOCKS}
    return replace(config, model=model, hidden_dim=128, bidirectional=True, **unread)


def _keras(config):
    plain = "keras_hub TransformerEncoder" if config.model == "transformer" else "Keras LSTM"
    lower = replace(config, precision="mixed_bfloat16")
    return [
        Contestant(f"{plain}, padded", KERAS, "padded", _settings(config) | {"plain": True}),
        Contestant(f"{plain}, bucketed", KERAS, "bucketed", _settings(config) | {"plain": True}),
        Contestant("keras_pe", KERAS, "bucketed", _settings(config)),
        Contestant("keras_pe, mixed_bfloat16", KERAS, "bucketed", _settings(lower)),
    ]


def _torch(config):
    own = {"sizes": sizes(config)}
    best = own | {"bfloat16": True, "fused": True}
    if config.model == "lstm":
        return [
            Contestant("PyTorch nn.LSTM, bucketed, packed", TORCH, "bucketed", own | {"packed": 1}),
            Contestant("PyTorch nn.LSTM, bucketed", TORCH, "bucketed", own | {"fused": True}),
        ]
    return [
        Contestant("PyTorch nn.TransformerEncoder, padded", TORCH, "padded", own),
        Contestant("PyTorch, bucketed", TORCH, "bucketed", own),
        Contestant("PyTorch, bucketed, bfloat16, fused Adam", TORCH, "bucketed", best),
    ]


def _settings(config):
    return {"config": config.to_json()}
