"""The named sets of labelled text."""

from keras_pe.data.docstrings import docstring_corpus

DATASETS = {
    "docstrings": docstring_corpus,
}
