"""Speed measurements of keras_pe beside the plain way; `python -m benchmarks` runs them."""
