"""What a label is in each type of problem: one of several, a set of them, a number."""

from keras_pe.data.targets.target import Target
from keras_pe.data.targets.targets import TARGETS

__all__ = ["TARGETS", "Target"]
