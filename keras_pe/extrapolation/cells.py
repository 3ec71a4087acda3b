"""The cells of the grid: each an encoding, a position source and a seed."""

import dataclasses
import itertools

from keras_pe.config import ModelConfig, TrainingConfig, Variant

# What the grid, the lengths, the data and the steps decide, for all cells. A study weighs no class.
DECIDED = {
    "position",
    "position_source",
    "vocabulary_size",
    "max_length",
    "inference_length",
    "truncation",
    "window_overlap",
    "window_pooling",
    "max_windows",
    "second_length",
    "num_classes",
    "problem_type",
    "target_mean",
    "target_deviation",
    "text_pairs",
    "batch_size",
    "epochs",
    "early_stopping_patience",
    "best_by",
    "class_weights",
    "threshold",
    "seed",
}
_FIELDS = [*dataclasses.fields(ModelConfig), *dataclasses.fields(TrainingConfig)]
# What the model and the optimizer of a cell read.
CELL_SETTINGS = {field.name for field in _FIELDS} - DECIDED


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
        """Returns the study's config with what is the cell's own.

        Raises:
            ValueError: If a name is unknown, or a setting is unknown, wrong, or of all cells.
        """
        for variant in (self.position, self.position_source):
            _refuse_shared(variant, config)
        config = self.position.applied_to(config, "position")
        config = self.position_source.applied_to(config, "position_source")
        return dataclasses.replace(config, seed=self.seed)

    def __str__(self):
        return f"{self.position}, {self.position_source}, seed {self.seed}"


def grid(config, check) -> tuple[list[Cell], list[str]]:
    """Returns the cells of a study, seed by seed, so that an early stop leaves whole comparisons.

    A source other than `counted` is left out beside an encoding that cannot use it.

    Args:
        config: `ExtrapolationConfig`.
        check: Function of a `Cell` that raises `ValueError` if it cannot be run.

    Returns:
        The cells, and a sentence for each combination that was left out.

    Raises:
        ValueError: If an encoding cannot be run with the counted positions, or with none of the
            sources, or a source with none of the encodings.
    """
    positions, sources = variants(config)
    kept, refused = [], {}
    for position, source in itertools.product(positions, sources):
        try:
            check(Cell(position, source, seed=0))
            kept.append((position, source))
        except ValueError as error:
            if source == Variant("counted") or len(sources) == 1:
                raise ValueError(f"{position}, {source}: {error}") from error
            refused[position, source] = str(error)
    for variant in (*positions, *sources):
        _refuse_useless(variant, kept, refused)
    left_out = [f"{p}, {s} is left out. {error}" for (p, s), error in refused.items()]
    return [Cell(*pair, seed) for seed in range(config.seeds) for pair in kept], left_out


def variants(config) -> tuple[tuple[Variant, ...], tuple[Variant, ...]]:
    """Returns the encodings and the position sources of a study, before anything is read or built.

    Args:
        config: `ExtrapolationConfig`.

    Raises:
        ValueError: If one is mistyped: its name, a setting, or a value.
    """
    positions = Variant.parse_list(config.positions)
    sources = Variant.parse_list(config.position_sources)
    for position, source in itertools.product(positions, sources):
        Cell(position, source, seed=0).applied_to(config)
    return positions, sources


def _refuse_shared(variant, config):
    known = {field.name for field in dataclasses.fields(config)}
    # `max_length` is what an encoding takes for the trained length: that may differ.
    shared = known - CELL_SETTINGS - {"max_length"}
    own = [key for key, _ in variant.settings if key in shared]
    if own:
        raise ValueError(
            f"{variant}: `{own[0]}` is the same in all runs of a study. Take it out of the list."
        )


def _refuse_useless(variant, kept, refused):
    if any(variant in pair for pair in kept):
        return
    reasons = dict.fromkeys(error for pair, error in refused.items() if variant in pair)
    raise ValueError(f"{variant} must be possible in one combination. {' '.join(reasons)}")
