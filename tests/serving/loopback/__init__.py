"""A server on this machine that answers as TensorFlow Serving does, for tests only.

Messages and stubs are those of `tensorflow-serving-api`, models run through the C API. What it
answers, and how it refuses, follows the server's source: predict_util.cc, classifier.cc,
get_model_status_impl.cc, json_tensor.cc, http_rest_api_util.cc, http_server.cc. It is our reading
of the server, not the server.
"""
