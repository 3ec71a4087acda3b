"""What differs from one type of problem to another: defaults, and what the data must tell."""

import dataclasses

PROBLEM_DEFAULTS = {
    "single_label": {"loss": "crossentropy", "best_by": "accuracy"},
    "multi_label": {"loss": "crossentropy", "best_by": "loss", "threshold": "0.5"},
    "regression": {"loss": "mse", "best_by": "loss"},
}


def resolve_problem(config):
    """Returns the config with the defaults of its problem type where nothing was said.

    Args:
        config: `RunConfig`, or a config that has its fields.

    Returns:
        A config of the same type.

    Example:
        >>> from keras_pe.config import RunConfig
        >>> resolve_problem(RunConfig(problem_type="regression")).loss
        'mse'
    """
    defaults = PROBLEM_DEFAULTS[config.problem_type]
    unset = {name: value for name, value in defaults.items() if getattr(config, name) is None}
    return dataclasses.replace(config, **unset)


def with_facts(config, facts):
    """Returns the config with what only the data know.

    Args:
        config: `RunConfig`, or a config that has its fields.
        facts: dict from the name of a setting to what the data say.

    Returns:
        A config of the same type.

    Raises:
        ValueError: If the config says otherwise.
    """
    for name, value in facts.items():
        if getattr(config, name) not in (None, value):
            raise ValueError(
                f"`{name}` must be what the data have, {value}. "
                f"Received: {name}={getattr(config, name)}. Leave it out."
            )
    return dataclasses.replace(config, **facts)
