"""From raw string to label beside PyTorch and ONNX Runtime; `python -m benchmarks.serving`."""
