"""Random ListOps expressions as Long Range Arena draws them, many at once."""

from typing import NamedTuple

import numpy as np

MAX_DEPTH = 10
MAX_ARGUMENTS = 10
OPERATOR_SHARE = 0.25
OPERATORS = 4


class Depth(NamedTuple):
    """Holds all nodes of one depth of some trees, in order; the children of a node are neighbours.

    Args:
        trees: [N]. Which tree each node is of.
        is_operator: [N], bool. The other nodes are digits.
        arguments: [O]. How many children each operator has, all of them in the next depth.
        operators: [O]. Which operator each is, from 0.
        digits: [D]. The other nodes.
    """

    trees: np.ndarray
    is_operator: np.ndarray
    arguments: np.ndarray
    operators: np.ndarray
    digits: np.ndarray

    @property
    def firsts(self):
        """Where in the next depth the children of each operator begin, [O]."""
        return np.cumsum(self.arguments) - self.arguments

    def only(self, keep):
        """Returns the nodes of the trees for which `keep`, [trees], is true, renumbered."""
        kept = keep[self.trees]
        operators, digits = kept[self.is_operator], kept[~self.is_operator]
        return Depth(
            (np.cumsum(keep) - 1)[self.trees[kept]],
            self.is_operator[kept],
            self.arguments[operators],
            self.operators[operators],
            self.digits[digits],
        )


def draw_trees(random, count, *, longest):
    """Draws trees whose root is an operator, and drops those of more than `longest` tokens.

    Below the root, a node is an operator with probability 1/4 and else a digit; at depth 10 it is a
    digit. An operator has 2 to 10 children. Everything is uniform. A digit is one token, an
    operator two: itself and its end. A tree is dropped as soon as it is known to be too long, which
    says nothing about the trees that stay: they are as if drawn whole and then chosen by length.

    Args:
        random: `numpy.random.Generator`.
        count: int. Trees to begin.
        longest: int. Tokens a tree may have.

    Returns:
        depths: list of `Depth`, of the trees that stay.
        lengths: Their tokens, [trees].

    Source: Tay et al. (2020), https://arxiv.org/abs/2011.04006
    """
    depths, lengths = [], np.zeros(count, dtype=np.int64)
    trees = np.arange(count)
    while trees.size:
        depth = _draw_depth(random, trees, root=not depths, last=len(depths) + 1 == MAX_DEPTH)
        depths.append(depth)
        below = np.repeat(trees[depth.is_operator], depth.arguments)
        lengths += np.bincount(trees, 1 + depth.is_operator, minlength=count).astype(np.int64)
        # Every child is at least one more token.
        short = lengths + np.bincount(below, minlength=count) <= longest
        lengths[~short] = longest + 1
        trees = below[short[below]]
    keep = lengths <= longest
    return [depth.only(keep) for depth in depths], lengths[keep]


def _draw_depth(random, trees, *, root, last):
    is_operator = np.full(trees.size, root)
    if not root and not last:
        is_operator = random.random(trees.size) <= OPERATOR_SHARE
    operators = is_operator.sum()
    return Depth(
        trees,
        is_operator,
        random.integers(2, MAX_ARGUMENTS + 1, size=operators),
        random.integers(OPERATORS, size=operators),
        random.integers(10, size=trees.size - operators),
    )
