"""Loads and runs a SavedModel through TensorFlow's C API: no Python of TensorFlow's is imported.

A server does the same: `TF_LoadSessionFromSavedModel` and `TF_SessionRun` wrap the `LoadSavedModel`
and `Session::Run` that TensorFlow Serving calls (saved_model_bundle_factory.cc, predict_util.cc).
"""
