"""Finds settings that somebody set and nothing used."""

import dataclasses


class SettingsRead:
    """A config that remembers which of its settings were read.

    Whatever builds a part of a run reads its settings through this object. What was changed from
    its default and never read would have had no effect, and is refused.

    Args:
        config: Instance of a settings dataclass.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> settings = SettingsRead(ModelConfig(model="lstm", num_heads=8))
        >>> settings.model
        'lstm'
        >>> settings.refuse_unread(ModelConfig, because="model='lstm'")
        Traceback (most recent call last):
        ...
        ValueError: `num_heads` has no effect with model='lstm'. Received: num_heads=8. ...
    """

    def __init__(self, config):
        self._config = config
        self._read = set()

    def __getattr__(self, name):
        if name.startswith("_"):  # Asked before `__init__` when an instance is copied.
            raise AttributeError(name)
        value = getattr(self._config, name)
        self._read.add(name)
        return value

    def refuse_unread(self, part, *, because, but_for=()):
        """Raises if a setting of one part was changed from its default and never read.

        Args:
            part: Dataclass type whose fields are looked at.
            because: str. The choices that leave it without effect, for the message.
            but_for: Names of settings that something else reads.

        Raises:
            ValueError: If there is such a setting.
        """
        for field in dataclasses.fields(part):
            value = getattr(self._config, field.name)
            read = field.name in self._read or field.name in but_for
            if not read and value != field.default:
                raise ValueError(
                    f"`{field.name}` has no effect with {because}. "
                    f"Received: {field.name}={value!r}. Leave it out."
                )
