"""Readers fed with what no writer ever wrote."""
