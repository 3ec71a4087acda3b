"""How long training waits for its texts; `python -m benchmarks.idle`."""
