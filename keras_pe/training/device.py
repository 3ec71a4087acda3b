"""What the computation runs on."""

import contextlib
import os

import tensorflow as tf


def describe_device():
    """Returns a line that names the GPU that will be used, or the CPU.

    GPU memory is taken as needed, not all at once, so that a run leaves room for others.

    Returns:
        str.
    """
    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        return f"CPU, {os.cpu_count()} cores (TensorFlow sees no GPU)"
    # Once TensorFlow has started, memory growth can no longer be chosen.
    for gpu in gpus:
        if tf.config.experimental.get_memory_growth(gpu) is not True:
            _grow_memory(gpu)
    details = tf.config.experimental.get_device_details(gpus[0])
    more = f" (the first of {len(gpus)})" if len(gpus) > 1 else ""
    return f"GPU, {details.get('device_name', gpus[0].name)}{more}"


def _grow_memory(gpu):
    with contextlib.suppress(RuntimeError):
        tf.config.experimental.set_memory_growth(gpu, True)
