"""Labelled text from files and corpora, ready for training: plain Python up to the tensors."""
