"""Which encodings are trained on short texts and tested on long ones, and how."""

import dataclasses

from keras_pe.config.run import RunConfig
from keras_pe.config.setting import check_settings, setting


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExtrapolationConfig(RunConfig):
    """Settings of a study of length extrapolation: a grid of runs, and the lengths of their texts.

    Example:
        >>> config = ExtrapolationConfig(dataset="docstrings", positions="none,alibi", seeds=5)
        >>> config.train_length
        40
    """

    positions: str = setting(
        "none,sinusoidal,rotary,alibi",
        "encodings to compare, by comma; each may have settings of its own: "
        "rotary:rotary_scaling=ntk",
    )
    position_sources: str = setting(
        "counted",
        "position sources to compare, by comma, in the same notation: "
        "counted,randomized:inference_positions=identity",
    )
    train_length: int = setting(40, "length of the longest training text, in tokens", at_least=1)
    test_lengths: str = setting(
        "41:500:20", "first:last or first:last:step, lengths to test at (generated tasks)"
    )
    long_texts: str = setting(
        "leave_out",
        "training texts above train_length: none, their first tokens, or a window drawn anew in "
        "each pass (labelled texts)",
        choices=("leave_out", "cut", "random_window"),
    )
    seeds: int = setting(3, "runs of each combination, with the seeds 0, 1, ...", at_least=1)
    steps: int = setting(
        2_000, "training steps of each run; of labelled texts, up to whole passes", at_least=1
    )
    samples: int = setting(
        256, "test texts of each length, or at most of each band of lengths", at_least=1
    )

    seeds_at_once: bool = setting(
        False, "train the seeds of a combination in one program (generated tasks, on JAX)"
    )

    def __post_init__(self):
        check_settings(self)
