"""The corpus that needs no download: docstrings of installed libraries."""

from keras_pe.data.docstrings.corpus import docstring_corpus

__all__ = ["docstring_corpus"]
