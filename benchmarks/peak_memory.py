"""The most memory that a piece of work needs at once."""

from collections.abc import Callable


def peak_bytes(work: Callable[[], object]) -> int | None:
    """Runs the work once and returns how far it raised the memory in use, at its highest.

    By TensorFlow's own count of its tensors, on the GPU if it sees one. The resident memory of the
    process would not do: TensorFlow keeps what it once had. What a first call traces counts too.

    Args:
        work: function without arguments that is done with its tensors when it returns.

    Returns:
        Bytes, or None where TensorFlow does not count: on a processor without oneDNN.
    """
    import tensorflow as tf

    device = "GPU:0" if tf.config.list_logical_devices("GPU") else "CPU:0"
    memory = tf.config.experimental
    try:
        memory.reset_memory_stats(device)
    except ValueError:
        work()
        return None
    before = memory.get_memory_info(device)["current"]
    work()
    return memory.get_memory_info(device)["peak"] - before
