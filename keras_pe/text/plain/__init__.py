"""The tokenizers in plain Python, as the reference for other languages: no TensorFlow."""
