"""Cycle navigation: where on a ring of five places does a walk end?"""

import numpy as np

from keras_pe.tasks.task import Task

PLACES = 5


def draw_cycle_navigation(random, length, count):
    """Draws walks on a ring of five places and where they end.

    A walk starts at place 0; each token goes one place back, stays, or goes one place forward. The
    label is the sum of the steps mod 5. Steps are uniform.

    The paper lists the steps as stay, increase, decrease, its code as -1, 0, +1; the tokens here
    are in the order of the code. The distribution is the same.

    Args:
        random: `numpy.random.Generator`.
        length: int. Steps per row, at least 1.
        count: int. Rows.

    Returns:
        tokens: [count, length] int32.
        labels: [count] int32.

    Example:
        >>> tokens, labels = draw_cycle_navigation(np.random.default_rng(1), length=4, count=1)
        >>> print(CYCLE_NAVIGATION.text(tokens[0]), "->", CYCLE_NAVIGATION.classes[labels[0]])
        stay stay forward forward -> 2

    Source: Delétang et al. (2022), https://arxiv.org/abs/2207.02098
    """
    tokens = random.integers(1, 4, size=(count, length), dtype=np.int32)
    return tokens, ((tokens - 2).sum(axis=1) % PLACES).astype(np.int32)


CYCLE_NAVIGATION = Task(
    symbols=("back", "stay", "forward"),
    classes=tuple(str(place) for place in range(PLACES)),
    draw=draw_cycle_navigation,
)
