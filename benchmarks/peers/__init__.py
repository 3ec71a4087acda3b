"""Training beside PyTorch and Keras Hub, each in its own process; `python -m benchmarks.peers`."""
