"""All settings of one training run, and their file."""

import dataclasses
import json
import pathlib

from keras_pe.config.data import DataConfig
from keras_pe.config.model import ModelConfig
from keras_pe.config.setting import check_settings
from keras_pe.config.text import TextConfig
from keras_pe.config.training import TrainingConfig


@dataclasses.dataclass(frozen=True, kw_only=True)
class RunConfig(DataConfig, TextConfig, ModelConfig, TrainingConfig):
    """Everything that `train` can be told: data, text, model and training settings in one value.

    Example:
        >>> config = RunConfig(train_file="reviews.csv", position="learned")
        >>> RunConfig.from_json(config.to_json()) == config
        True
    """

    def __post_init__(self):
        check_settings(self)

    def to_json(self) -> str:
        """Returns the settings as JSON text, one per line, in the order they are written."""
        return json.dumps(dataclasses.asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "RunConfig":
        """Returns the settings that `to_json` wrote.

        Args:
            text: str. A JSON object of settings; absent ones take their defaults.

        Returns:
            A `RunConfig`.

        Raises:
            ValueError: If the text is no JSON object, names a setting that does not exist, or gives
                one a wrong value.
        """
        try:
            values = json.loads(text)
        except json.JSONDecodeError as error:
            raise ValueError(f"The settings must be JSON. Received: {text[:60]!r}") from error
        if not isinstance(values, dict):
            raise ValueError(f"The settings must be a JSON object. Received: {text[:60]!r}")
        known = [field.name for field in dataclasses.fields(cls)]
        unknown = sorted(set(values) - set(known))
        if unknown:
            raise ValueError(
                f"Settings must be among those of this version. Received: {', '.join(unknown)}. "
                "Was the file written by another version of keras_pe?"
            )
        try:
            return cls(**values)
        except TypeError as error:  # Of the text, not of the caller's code.
            raise ValueError(str(error)) from error

    def save(self, path):
        """Writes the settings to a JSON file."""
        pathlib.Path(path).write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path) -> "RunConfig":
        """Reads the settings of a JSON file that `save` wrote."""
        return cls.from_json(pathlib.Path(path).read_text(encoding="utf-8"))
