"""Settings dataclasses as absl flags."""

import dataclasses
import types
import typing

from absl import flags

_DEFINE = {
    bool: flags.DEFINE_bool,
    int: flags.DEFINE_integer,
    float: flags.DEFINE_float,
    str: flags.DEFINE_string,
}


class _NameOrPrefix(flags.EnumParser):
    """Takes names from a list, and those that start as names from elsewhere do."""

    def __init__(self, names, prefixes):
        super().__init__(names)
        self._prefixes = tuple(prefixes)
        # For the message about a name that is neither.
        self.enum_values = [*names, *(f"{prefix}..." for prefix in prefixes)]

    def parse(self, argument):
        is_elsewhere = argument.startswith(self._prefixes) and argument not in self._prefixes
        return argument if is_elsewhere else super().parse(argument)


def define(config_class, *names):
    """Defines one flag per setting.

    Args:
        config_class: Settings dataclass.
        *names: The settings to define; none stands for all.
    """
    hints = typing.get_type_hints(config_class)
    for field in dataclasses.fields(config_class):
        if not names or field.name in names:
            _define(field, _kind(hints[field.name]))


def read(config_class, flag_values, **known):
    """Returns the config that the flags describe.

    Args:
        config_class: Settings dataclass whose flags were defined.
        flag_values: absl `FlagValues`.
        **known: Settings that come from elsewhere.

    Returns:
        An instance of `config_class`.
    """
    names = [field.name for field in dataclasses.fields(config_class) if field.name in flag_values]
    return config_class(**{**{name: flag_values[name].value for name in names}, **known})


def given(config_class, flag_values):
    """Returns the settings that were given on the command line, as a dict."""
    names = [field.name for field in dataclasses.fields(config_class) if field.name in flag_values]
    return {name: flag_values[name].value for name in names if flag_values[name].present}


def _kind(hint):
    """Returns the plain type of `int` or `int | None`."""
    if isinstance(hint, types.UnionType):
        return next(kind for kind in typing.get_args(hint) if kind is not types.NoneType)
    return hint


def _define(field, kind):
    choices = field.metadata["choices"]
    prefixes = field.metadata["prefixes"]
    if prefixes:
        parser = _NameOrPrefix(list(choices), prefixes)
        flags.DEFINE(parser, field.name, field.default, field.metadata["help"])
    elif choices is not None:
        flags.DEFINE_enum(field.name, field.default, list(choices), field.metadata["help"])
    else:
        _DEFINE[kind](field.name, field.default, field.metadata["help"])
