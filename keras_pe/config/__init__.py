"""Settings as frozen dataclasses: each written once, read by apps, library and run folder."""

from keras_pe.config.data import DataConfig
from keras_pe.config.export import ExportConfig
from keras_pe.config.extrapolation import ExtrapolationConfig
from keras_pe.config.model import ModelConfig
from keras_pe.config.preparation import PreparationConfig
from keras_pe.config.problem_defaults import PROBLEM_DEFAULTS, resolve_problem, with_facts
from keras_pe.config.run import RunConfig
from keras_pe.config.server import ServerConfig
from keras_pe.config.settings_read import SettingsRead
from keras_pe.config.text import TextConfig
from keras_pe.config.text_pairs import with_text_pairs
from keras_pe.config.training import TrainingConfig
from keras_pe.config.variant import Variant

__all__ = [
    "PROBLEM_DEFAULTS",
    "DataConfig",
    "ExportConfig",
    "ExtrapolationConfig",
    "ModelConfig",
    "PreparationConfig",
    "RunConfig",
    "ServerConfig",
    "SettingsRead",
    "TextConfig",
    "TrainingConfig",
    "Variant",
    "resolve_problem",
    "with_facts",
    "with_text_pairs",
]
