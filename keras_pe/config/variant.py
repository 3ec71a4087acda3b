"""A name with settings of its own, such as `rotary:rotary_scaling=ntk`."""

import dataclasses
import types
import typing

_BOOLEANS = {"true": True, "false": False}


@dataclasses.dataclass(frozen=True)
class Variant:
    """A choice from a table and the settings that go with it, in a comparison of several choices.

    Written as the name, then `:setting=value` as often as wanted.

    Args:
        name: str. A name in a table, such as a position encoding.
        settings: Pairs of str: names and values as written.

    Example:
        >>> from keras_pe.config import ModelConfig
        >>> variant = Variant.parse("rotary:rotary_scaling=ntk:rotary_factor=8")
        >>> config = variant.applied_to(ModelConfig(), "position")
        >>> config.position, config.rotary_scaling, config.rotary_factor
        ('rotary', 'ntk', 8.0)
    """

    name: str
    settings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text) -> "Variant":
        """Reads one variant.

        Args:
            text: str.

        Returns:
            A `Variant`.

        Raises:
            ValueError: If a part after the name is not `setting=value`, or a setting stands there
                twice.
        """
        name, *parts = text.strip().split(":")
        pairs = [part.partition("=") for part in parts]
        if not name or not all(key and equals and value for key, equals, value in pairs):
            raise ValueError(
                "A variant must be a name, then `:setting=value` as often as wanted. "
                f"Received: {text!r}"
            )
        keys = [key for key, _, _ in pairs]
        twice = [key for key in keys if keys.count(key) > 1]
        if twice:
            raise ValueError(f"A setting must stand there once. Received: `{twice[0]}` in {text!r}")
        return cls(name, tuple((key, value) for key, _, value in pairs))

    @classmethod
    def parse_list(cls, text) -> "tuple[Variant, ...]":
        """Reads variants separated by commas.

        Raises:
            ValueError: If one cannot be read or stands there twice.
        """
        variants = tuple(cls.parse(part) for part in text.split(","))
        twice = [str(variant) for variant in variants if variants.count(variant) > 1]
        if twice:
            raise ValueError(f"Every variant must stand there once. Received twice: {twice[0]!r}")
        return variants

    def applied_to(self, config, slot):
        """Returns a config with the name in one of its settings, and the variant's own settings.

        Args:
            config: Instance of a settings dataclass.
            slot: str. The setting that takes the name.

        Raises:
            ValueError: If there is no such setting, it does not take the value, or it is the one
                that takes the name.
        """
        hints = typing.get_type_hints(type(config))
        unknown = [key for key, _ in self.settings if key not in hints]
        if unknown:
            raise ValueError(f"{self}: there is no setting `{unknown[0]}`. See --help for all.")
        own = {key: _typed(key, value, hints[key]) for key, value in self.settings}
        if slot in own:
            raise ValueError(
                f"{self}: `{slot}` must be {self.name!r} alone. Received: {own[slot]!r}"
            )
        return dataclasses.replace(config, **{slot: self.name}, **own)

    def __str__(self):
        return ":".join([self.name, *(f"{key}={value}" for key, value in self.settings)])


def _typed(key, value, hint):
    kinds = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    kind = next(kind for kind in kinds if kind is not types.NoneType)
    try:
        return _BOOLEANS[value] if kind is bool else kind(value)
    except (KeyError, ValueError):
        words = "true or false" if kind is bool else f"a value of type {kind.__name__}"
        raise ValueError(f"`{key}` must be {words}. Received: {key}={value}") from None
