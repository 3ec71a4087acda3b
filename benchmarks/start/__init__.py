"""How long commands take to begin; `python -m benchmarks.start`."""
