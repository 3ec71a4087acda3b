"""Attention in one kernel, where the backend has one."""

import keras
from keras import ops


def can_fuse(position, log_n_scaling, dtype):
    """Returns whether one kernel may stand for logits, softmax and sum.

    Not with a bias: the kernel rounds it to the compute dtype, and it takes only 16 bits.

    Args:
        position: A `PositionEncoding`.
        log_n_scaling: float or None, as of `SelfAttention`.
        dtype: str. The dtype of queries, keys and values.
    """
    # TensorFlow has no such kernel, and that of PyTorch may give NaN where no key is open.
    if keras.backend.backend() != "jax" or log_n_scaling is not None or position.needs_logits:
        return False
    return dtype != "float16" or has_gpu()


def has_gpu():
    """Returns whether JAX computes on a GPU.

    Where it does not, a compiled `jax.nn.dot_product_attention` asks XLA for a product of float16
    summed in float32, which processors refuse: https://github.com/keras-team/keras-hub/pull/2354.
    """
    return keras.distribution.list_devices()[0].startswith(("gpu", "cuda", "rocm"))


def attend_fused(queries, keys, values, visible, scale):
    """Returns softmax(scale q . k) v, computed as `keras.ops.dot_product_attention` sees fit.

    On JAX that is cuDNN's flash attention, in 16 bits on a GPU that has it, and XLA's elsewhere,
    which has logits and softmax in float32 too.

    Args:
        queries: [B, Tq, H, d'], the compute dtype.
        keys: [B, Tk, H, d'], the compute dtype.
        values: [B, Tk, H, d], the compute dtype; d at most d'.
        visible: [B or 1, 1, Tq or 1, Tk], bool; None if every query sees every key.
        scale: float.

    Returns:
        [B, H, Tq, d], the compute dtype.

    Example:
        >>> heads = ops.ones((1, 3, 2, 4))
        >>> tuple(attend_fused(heads, heads, heads[..., :3], None, scale=0.5).shape)
        (1, 2, 3, 3)
    """
    dim = values.shape[-1]
    # Kernels take values as wide as keys, and masks with a row for each query.
    values = ops.pad(values, ((0, 0), (0, 0), (0, 0), (0, keys.shape[-1] - dim)))
    if visible is not None:
        rows = (*ops.shape(visible)[:2], ops.shape(queries)[1], ops.shape(keys)[1])
        visible = ops.broadcast_to(visible, rows)
    mixed = ops.dot_product_attention(queries, keys, values, mask=visible, scale=scale)
    return ops.transpose(mixed, (0, 2, 1, 3))[..., :dim]
