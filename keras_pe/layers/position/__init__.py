"""Positional encodings, one file each, behind the interface in `base.py`."""
