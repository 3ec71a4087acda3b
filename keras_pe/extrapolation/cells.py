"""The cells of the grid: each an encoding, a position source and a seed."""

import dataclasses
import itertools

from keras_pe.config import Variant


@dataclasses.dataclass(frozen=True)
class Cell:
    """One run of a study.

    Args:
        position: `Variant` of a position encoding.
        position_source: `Variant` of a position source.
        seed: int. Seed of weights, texts, order and dropout.

    Example:
        >>> cell = Cell(Variant("alibi"), Variant("counted"), seed=2)
        >>> str(cell)
        'alibi, counted, seed 2'
    """

    position: Variant
    position_source: Variant
    seed: int

    def applied_to(self, config):
        """Returns the study's config with what is the cell's own."""
        config = self.position.applied_to(config, "position")
        config = self.position_source.applied_to(config, "position_source")
        return dataclasses.replace(config, seed=self.seed)

    def __str__(self):
        return f"{self.position}, {self.position_source}, seed {self.seed}"


def grid(config, check) -> tuple[list[Cell], list[str]]:
    """Returns the cells of a study, seed by seed, so that an early stop leaves whole comparisons.

    A source other than `counted` is left out beside an encoding on which it has no effect.

    Args:
        config: `ExtrapolationConfig`.
        check: Function of a `Cell` that raises `ValueError` if it cannot be run.

    Returns:
        The cells, and a sentence for each combination that was left out.

    Raises:
        ValueError: If an encoding cannot be run with the counted positions, or nothing is left.
    """
    sources = Variant.parse_list(config.position_sources)
    pairs = itertools.product(Variant.parse_list(config.positions), sources)
    kept, left_out = [], []
    for position, source in pairs:
        try:
            check(Cell(position, source, seed=0))
            kept.append((position, source))
        except ValueError as error:
            if source == Variant("counted") or len(sources) == 1:
                raise
            left_out.append(f"{position}, {source} is left out. {error}")
    if not kept:
        raise ValueError(f"At least one combination must be possible. {left_out[0]}")
    return [Cell(*pair, seed) for seed in range(config.seeds) for pair in kept], left_out
