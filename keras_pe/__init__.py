"""Text classification with positional encodings: from labelled text to a served model."""

__version__ = "0.1.0"
