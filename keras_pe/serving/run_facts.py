"""What a model card tells of the run that a model came from."""

import dataclasses
import itertools
import shlex
from collections.abc import Mapping
from pathlib import Path

from keras_pe.config import (
    DataConfig,
    ModelConfig,
    RunConfig,
    TextConfig,
    TrainingConfig,
    resolve_problem,
)
from keras_pe.models import resolve_defaults
from keras_pe.run_folder import RunFolder

_PARTS = (DataConfig, TextConfig, ModelConfig, TrainingConfig)
# What decides what the defaults of others are.
_DECIDES = ("model", "problem_type")


@dataclasses.dataclass(frozen=True, kw_only=True)
class RunFacts:
    """The settings, the data and the results of a training run.

    Args:
        config: resolved `RunConfig`.
        data: dict from `train`, `validation` and `test` to `examples` and `blake2b`.
        report: what the best epoch is worth, as in `report.json`; None if the run has none yet.
    """

    config: RunConfig
    data: Mapping
    report: Mapping | None = None

    @classmethod
    def load(cls, run_dir: str | Path) -> "RunFacts":
        """Reads them from the folder of a run.

        Args:
            run_dir: folder that `train` wrote.

        Returns:
            `RunFacts`.

        Raises:
            FileNotFoundError: if the folder holds no run.
        """
        folder = RunFolder(run_dir)
        return cls(
            config=folder.load_config(),
            data=folder.load_fingerprint(),
            report=folder.load_report(),
        )


def training_flags(config: RunConfig) -> str:
    """Returns the flags of `train` that lead to a config: those that differ from the defaults.

    Args:
        config: resolved `RunConfig`.

    Returns:
        One line, quoted for a shell.

    Example:
        >>> training_flags(RunConfig(train_file="my reviews.csv", lowercase=False, epochs=4))
        "'--train_file=my reviews.csv' --nolowercase --epochs=4"
    """
    defaults = RunConfig(model=config.model, problem_type=config.problem_type)
    defaults = resolve_problem(resolve_defaults(defaults))
    flags = []
    for field in itertools.chain.from_iterable(map(dataclasses.fields, _PARTS)):
        value = getattr(config, field.name)
        decides = field.name in _DECIDES
        standard = field.default if decides else getattr(defaults, field.name)
        if value not in (None, standard) and field.name not in _from_data(config):
            flags.append(_flag(field.name, value))
    return " ".join(flags)


def _from_data(config: RunConfig) -> tuple[str, ...]:
    """Names what was read from the data, and is no flag that somebody gave."""
    facts = ("num_classes", "target_mean", "target_deviation", "text_pairs")
    return (*facts, "vocabulary_size") if config.prepared_dir else facts


def _flag(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"--{name}" if value else f"--no{name}"
    return shlex.quote(f"--{name}={value}")
