"""SavedModels: raw text in, labels and probabilities out.

`served` reads them in processes without Keras, so nothing is imported here.
"""
