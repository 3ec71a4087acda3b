"""Pictures of what position encodings and position sources do, drawn with matplotlib."""

from keras_pe.pictures.overview import draw_overview
from keras_pe.pictures.position_picture import draw_position
from keras_pe.pictures.source_picture import draw_sources

__all__ = ["draw_overview", "draw_position", "draw_sources"]
