"""One line per setting: its default, what it means and what it may be."""

import dataclasses
import typing


def setting(
    default,
    help,
    *,
    choices=None,
    prefixes=None,
    at_least=None,
    above=None,
    below=None,
    at_most=None,
):
    """Returns a dataclass field that carries its own help and limits.

    Args:
        default: Value when nobody says otherwise; `None` where the model or the data give it.
        help: str. One clause; it is what `--help` prints.
        choices: Sequence of str. The only values allowed.
        prefixes: Sequence of str. What values besides the choices start with.
        at_least: Number. Smallest value allowed.
        above: Number. The value must be larger.
        below: Number. The value must be smaller.
        at_most: Number. Largest value allowed.

    Returns:
        A `dataclasses.field`.
    """
    limits = {
        "choices": choices,
        "prefixes": prefixes,
        "at_least": at_least,
        "above": above,
        "below": below,
        "at_most": at_most,
    }
    return dataclasses.field(default=default, metadata={"help": help, **limits})


def check_settings(config):
    """Raises for the first setting of a config that has the wrong type or is outside its limits.

    Args:
        config: Instance of a dataclass whose fields were made by `setting`.

    Raises:
        TypeError: If a value does not fit the annotation of its field.
        ValueError: If a value is not among its choices or outside its limits.
    """
    for field in dataclasses.fields(config):
        value = getattr(config, field.name)
        _check_type(field.name, value, field.type)
        if value is not None:
            _check_limits(field.name, value, field.metadata)


def _check_type(name, value, expected):
    kinds = typing.get_args(expected) or (expected,)
    # To Python, True is an int, and an int is no float.
    fits = bool in kinds if isinstance(value, bool) else isinstance(value, kinds)
    if not fits and not (float in kinds and type(value) is int):
        words = " or ".join("None" if kind is type(None) else kind.__name__ for kind in kinds)
        raise TypeError(f"`{name}` must be {words}. Received: {name}={value!r}")


def _check_limits(name, value, limits):
    prefixes = tuple(limits["prefixes"] or ())
    choices = limits["choices"]
    if choices is not None and value not in choices and not _continues(value, prefixes):
        allowed = ", ".join([*choices, *(f"{prefix}..." for prefix in prefixes)])
        raise ValueError(f"`{name}` must be one of: {allowed}. Received: {name}={value!r}")
    rules = (
        ("at_least", "at least", lambda limit: value >= limit),
        ("above", "above", lambda limit: value > limit),
        ("below", "below", lambda limit: value < limit),
        ("at_most", "at most", lambda limit: value <= limit),
    )
    for key, words, holds in rules:
        if limits[key] is not None and not holds(limits[key]):
            raise ValueError(f"`{name}` must be {words} {limits[key]}. Received: {name}={value!r}")


def _continues(value, prefixes):
    return any(value.startswith(prefix) and value != prefix for prefix in prefixes)
