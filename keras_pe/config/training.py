"""How the network is trained."""

import dataclasses

from keras_pe.config.setting import check_settings, setting
from keras_pe.config.table_names import table_names

_OBJECTIVES = ("single_label", "multi_label", "regression")
_TABLES = [table_names(f"training/objectives/{name}.py", "LOSSES") for name in _OBJECTIVES]
_LOSSES = tuple(dict.fromkeys(name for names in _TABLES for name in names))


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """Settings of the training: steps, optimizer, precision, seed.

    Example:
        >>> TrainingConfig(epochs=3).optimizer
        'adamw'
    """

    epochs: int = setting(5, "most passes over the training data", at_least=1)
    batch_size: int = setting(64, "texts per step", at_least=1)
    optimizer: str = setting(
        "adamw",
        "optimizer",
        choices=table_names("training/optimizers.py", "OPTIMIZERS"),
    )
    learning_rate: float = setting(1e-3, "peak learning rate", above=0.0)
    schedule: str = setting(
        "cosine",
        "how the learning rate falls after the warm-up",
        choices=table_names("training/schedules.py", "DECAYS"),
    )
    warmup_fraction: float = setting(
        0.1, "share of the steps in which the learning rate rises", at_least=0.0, below=1.0
    )
    weight_decay: float = setting(0.01, "decoupled weight decay (adamw)", at_least=0.0)
    momentum: float = setting(0.9, "momentum (sgd)", at_least=0.0, below=1.0)
    gradient_clip_norm: float = setting(
        1.0, "global norm that gradients are clipped to; 0 turns clipping off", at_least=0.0
    )
    loss: str | None = setting(
        None,
        "what training makes small: crossentropy or focal of labels, mse or huber of numbers "
        "(default: crossentropy, regression: mse)",
        choices=_LOSSES,
    )
    focal_gamma: float = setting(
        2.0, "how much texts that the model is sure of are held back (focal)", at_least=0.0
    )
    label_smoothing: float = setting(
        0.0, "share of the target spread over all answers (labels)", at_least=0.0, below=1.0
    )
    class_weights: str = setting(
        "none",
        "what a text counts in the training loss: none (all alike), balanced (classes alike), or a "
        "JSON file {label: weight}; with multi_label, what a label that holds counts beside one "
        "that does not",
    )
    threshold: str | None = setting(
        None,
        "score from which on a label is given, or tuned: one for each label, with the best F1 on "
        "the validation part (multi_label; default: 0.5)",
    )
    early_stopping_patience: int = setting(
        0, "epochs without a better validation score before training stops; 0: never", at_least=0
    )
    best_by: str | None = setting(
        None,
        "validation score that chooses the best epoch; macro_f1 counts all classes alike (default: "
        "accuracy, otherwise than with single_label: loss)",
        choices=("accuracy", "loss", "macro_f1", "micro_f1", "mae"),
    )
    precision: str = setting(
        "float32",
        "precision of the computation",
        choices=("float32", "mixed_bfloat16", "mixed_float16"),
    )
    jit_compile: bool = setting(False, "compile the training step with XLA, once per padded length")
    seed: int = setting(0, "seed of splits, weights, order and dropout", at_least=0)

    def __post_init__(self):
        check_settings(self)
