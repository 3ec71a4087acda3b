"""Defects of keras_hub and keras, each measured on both sides; one file for each subject."""
