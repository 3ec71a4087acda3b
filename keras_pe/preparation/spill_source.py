"""The first step of a preparation: a source, sorted into buckets."""

from keras_pe.preparation.source import Source
from keras_pe.preparation.spill import spill
from keras_pe.preparation.workplace import Workplace


def spill_source(place: Workplace, source: Source, name: str, progress: str | None = None) -> str:
    """Sorts the examples of a source into buckets.

    Args:
        place: `Workplace`.
        source: `Source`.
        name: str. Of the folder in the workplace.
        progress: str. What a bar is called; None shows none.

    Returns:
        str. The name of the source.
    """
    spill(
        source.read(),
        place.spill_folder(name),
        num_buckets=place.num_buckets,
        seed=place.seed,
        progress=progress,
    )
    return source.name
