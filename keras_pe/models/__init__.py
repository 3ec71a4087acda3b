"""Where names and settings become networks."""

from keras_pe.models.classifier import build_classifier
from keras_pe.models.defaults import resolve_defaults
from keras_pe.models.encoders import ENCODERS
from keras_pe.models.heads import HEADS
from keras_pe.models.poolings import POOLINGS
from keras_pe.models.position_sources import POSITION_SOURCES
from keras_pe.models.positions import POSITIONS

__all__ = [
    "ENCODERS",
    "HEADS",
    "POOLINGS",
    "POSITIONS",
    "POSITION_SOURCES",
    "build_classifier",
    "resolve_defaults",
]
