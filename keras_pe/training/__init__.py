"""Optimizer and schedule, precision, loss, checkpoints: how a model is fitted."""
