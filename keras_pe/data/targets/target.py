"""What the data side must know of a type of problem."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.target_scale import TargetScale


@dataclass(frozen=True)
class Target:
    """Says how labels are read, numbered and split where problems are of one type.

    Args:
        read: function of a value as it stands in a file, its place and the label separator, that
            returns the label of an `Example`; raises `ValueError` where it is none.
        numbering: class that numbers labels: `from_examples`, `encode`, `describe`, `save`, `load`.
        split: function of examples, `fraction` and `seed`, that returns those kept and those held
            out.
        strata: function of examples that returns what of each is held out in equal shares, a tuple
            each: its labels, or the band of its number.
        has_names: bool. Whether labels have names, of which there is a vocabulary.
        several_labels: bool. Whether a text may have several labels, or none.
    """

    read: Callable[[object, str, str | None], str | tuple[str, ...] | float]
    numbering: type[LabelVocabulary] | type[TargetScale]
    split: Callable[..., tuple[list, list]]
    strata: Callable[[Sequence[Example]], list[tuple[Hashable, ...]]]
    has_names: bool = True
    several_labels: bool = False
