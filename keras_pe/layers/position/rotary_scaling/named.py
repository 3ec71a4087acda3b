"""Rotary scalings by name."""

import inspect

from keras_pe.layers.position.rotary_scaling.base import RotaryScaling
from keras_pe.layers.position.rotary_scaling.dynamic_ntk import DynamicNTKScaling
from keras_pe.layers.position.rotary_scaling.linear import LinearScaling
from keras_pe.layers.position.rotary_scaling.llama3 import Llama3Scaling
from keras_pe.layers.position.rotary_scaling.longrope import LongRoPEScaling
from keras_pe.layers.position.rotary_scaling.ntk import NTKScaling
from keras_pe.layers.position.rotary_scaling.proportional import ProportionalScaling
from keras_pe.layers.position.rotary_scaling.yarn import YaRNScaling

SCALINGS = {
    "linear": LinearScaling,
    "ntk": NTKScaling,
    "dynamic_ntk": DynamicNTKScaling,
    "yarn": YaRNScaling,
    "longrope": LongRoPEScaling,
    "llama3": Llama3Scaling,
    "proportional": ProportionalScaling,
}


def rotary_scaling(scaling, scaling_factor=None, original_length=None):
    """Returns the `RotaryScaling` that is meant.

    Args:
        scaling: `RotaryScaling`, one of the names above, or None for unchanged frequencies.
        scaling_factor: float; None if not given. `factor` of the scaling; only with a name.
        original_length: int, in tokens; None if not given. Only with a name.

    Raises:
        ValueError: If the name is unknown, what it needs is not given, or something is given that
            has no effect.

    Example:
        >>> rotary_scaling("linear", scaling_factor=4.0).factor
        4.0
    """
    given = {"scaling_factor": scaling_factor, "original_length": original_length}
    if scaling is None or isinstance(scaling, RotaryScaling):
        _check_unused(given, scaling, reads=())
        return RotaryScaling() if scaling is None else scaling
    if not isinstance(scaling, str) or scaling not in SCALINGS:
        raise ValueError(
            f"`scaling` must be a `RotaryScaling`, None, or one of: {', '.join(SCALINGS)}. "
            f"Received: scaling={scaling!r}"
        )
    kind = SCALINGS[scaling]
    parameters = {
        {"factor": "scaling_factor"}.get(name, name): parameter
        for name, parameter in inspect.signature(kind).parameters.items()
    }
    _check_unused(given, scaling, reads=parameters)
    _check_complete(given, scaling, parameters)
    return kind(**{p.name: given[n] for n, p in parameters.items() if given.get(n) is not None})


def _check_unused(given, scaling, reads):
    shown = type(scaling).__name__ if isinstance(scaling, RotaryScaling) else repr(scaling)
    for name, value in given.items():
        if value is not None and name not in reads:
            raise ValueError(
                f"`{name}` must be None where `scaling` is not a name that reads it. "
                f"Received: {name}={value!r}, scaling={shown}"
            )


def _check_complete(given, scaling, parameters):
    needed = [n for n, p in parameters.items() if p.default is inspect.Parameter.empty]
    only_of_object = [name for name in needed if name not in given]
    if only_of_object:
        kind = SCALINGS[scaling].__name__
        raise ValueError(
            f"`scaling` must be a `{kind}` object, since it needs {' and '.join(only_of_object)}. "
            f"Received: scaling={scaling!r}"
        )
    for name in needed:
        if given[name] is None:
            raise ValueError(
                f"`{name}` must be given with scaling={scaling!r}. Received: {name}=None"
            )
