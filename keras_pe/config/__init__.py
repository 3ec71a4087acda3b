"""Settings as frozen dataclasses: each written once, read by apps, library and run folder.

Each is imported when it is first asked for: making all of them takes longer than the layers do, and
who builds a model needs one. `__init__.pyi` says the same to type checkers.
"""

import importlib

MODULE_OF = {
    "PROBLEM_DEFAULTS": "problem_defaults",
    "DataConfig": "data",
    "ExportConfig": "export",
    "ExtrapolationConfig": "extrapolation",
    "ModelConfig": "model",
    "PreparationConfig": "preparation",
    "RunConfig": "run",
    "ServerConfig": "server",
    "SettingsRead": "settings_read",
    "TextConfig": "text",
    "TrainingConfig": "training",
    "Variant": "variant",
    "resolve_problem": "problem_defaults",
    "with_facts": "problem_defaults",
    "with_text_pairs": "text_pairs",
}

__all__ = list(MODULE_OF)


def __getattr__(name):
    """Imports what is asked for, https://peps.python.org/pep-0562."""
    if name not in MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{MODULE_OF[name]}"), name)
    globals()[name] = found
    return found


def __dir__():
    return sorted(__all__)
