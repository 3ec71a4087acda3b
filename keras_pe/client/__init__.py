"""Asks a model that a server serves; TensorFlow need not be there."""
