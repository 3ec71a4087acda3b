"""Starts TensorFlow with its fast kernels and without the lines it writes about itself."""

import contextlib
import os
import sys
import tempfile

from absl import logging


def start_quietly():
    """Imports TensorFlow and looks for devices; what its C++ code says of that is not shown.

    Its start-up lines (2.21: build, oneDNN, missing CUDA drivers) would bury the one that matters,
    and `TF_CPP_MIN_LOG_LEVEL` no longer silences all of them. Neither are those of its Python code
    that are no errors: of an export, how long names were and how it was stored. Whoever sets that
    variable sees everything.
    """
    # By itself TensorFlow (2.21) takes oneDNN only on processors with AVX-512 VNNI or newer; older
    # ones train twice as fast with it, too: docs/performance.md. It is read on import.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    if "TF_CPP_MIN_LOG_LEVEL" in os.environ:
        return
    if os.environ.get("KERAS_BACKEND", "tensorflow") != "tensorflow":
        return  # What runs on another backend may not have TensorFlow at all.
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    with _standard_error_in_a_file() as lines:
        try:
            import tensorflow as tf

            tf.config.list_physical_devices()
            tf.get_logger().setLevel("ERROR")
            # Not the level of its logger: an export puts that back to the verbosity.
            logging.set_verbosity(logging.WARNING)
        except BaseException:
            lines.seek(0)
            sys.stderr.write(lines.read().decode("utf-8", "replace"))
            raise


@contextlib.contextmanager
def native_messages_hidden():
    """Hides what converters written in C++ say, pages of it where an operation is unknown.

    Whoever sets `TF_CPP_MIN_LOG_LEVEL` otherwise sees everything.
    """
    if os.environ.get("TF_CPP_MIN_LOG_LEVEL") != "3":
        yield
        return
    with _standard_error_in_a_file():
        yield


@contextlib.contextmanager
def _standard_error_in_a_file():
    """Sends file descriptor 2, which C++ writes to, to a file that is handed out."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as lines:
        os.dup2(lines.fileno(), 2)
        try:
            yield lines
        finally:
            os.dup2(kept, 2)
            os.close(kept)
