"""What a classifier can be exported to, and readers of each.

`LiteRTClassifier` and `ONNXClassifier` run without TensorFlow, so nothing is imported here.
"""
