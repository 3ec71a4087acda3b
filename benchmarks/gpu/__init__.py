"""Training with Keras on JAX beside PyTorch on the same GPU; `python -m benchmarks.gpu`."""
