"""Which core contenders run on."""

import os


def chosen_core(wanted: int | None) -> int | None:
    """Returns the core that all contenders share, one at a time.

    Args:
        wanted: int. Its number; -1 for all cores; None for the last that this process may use: the
            first is where a machine does its chores.

    Returns:
        int, or None where no core is chosen or processes cannot be kept on one.

    Raises:
        ValueError: this process may not use that core.
    """
    if wanted == -1 or not hasattr(os, "sched_getaffinity"):
        return None
    usable = sorted(os.sched_getaffinity(0))
    if wanted is not None and wanted not in usable:
        raise ValueError(f"`core` must be -1 or one of {usable}. Received: core={wanted}")
    return usable[-1] if wanted is None else wanted
