"""The fused kernel gives what the plain path gives, and stands for it only where it may."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    ALiBi,
    PositionEncoding,
    RotaryPositionEncoding,
    SelfAttention,
    ShawRelativePosition,
)
from keras_pe.layers import attention as attention_file
from keras_pe.layers.fused_attention import attend_fused, can_fuse

B, T, H, D = 2, 5, 2, 8
INPUTS = np.random.default_rng(1).normal(size=(B, T, D)).astype("float32")
NO_TOKENS = np.zeros(T, "bool")
MASK = np.array([[True, True, True, False, False], [False, True, True, True, True]])
SEGMENTS = np.array([[1, 1, 2, 2, 2], [3, 3, 3, 4, 4]])


class Wide(PositionEncoding):
    """Makes queries and keys twice as wide as values."""

    def rotate(self, queries, keys, tables):
        return [ops.concatenate([heads, 2.0 * heads], axis=-1) for heads in (queries, keys)]


ENCODINGS = {"none": lambda: None, "rotary": RotaryPositionEncoding, "wide": Wide}
CALLS = {
    "plain": {},
    "mask": {"mask": MASK},
    "segments": {"segment_ids": SEGMENTS},
    "empty text": {"mask": np.stack([MASK[0], NO_TOKENS])},
}
OPTIONS = {
    "all": {},
    "causal": {"causal": True},
    "window": {"attention_window": 1},
    "chunks": {"query_chunk_size": 2},
}


def both_ways(monkeypatch, encoding, options, call, dtype="float32"):
    """Returns outputs of the fused and of the plain path."""
    attention = SelfAttention(H, ENCODINGS[encoding](), dtype=dtype, **options)
    attention.build((None, None, D))
    found, used = [], []
    for fused in (True, False):
        monkeypatch.setattr(attention_file, "can_fuse", lambda *_, fused=fused: fused)
        monkeypatch.setattr(
            attention_file, "attend_fused", lambda *args: used.append(1) or attend_fused(*args)
        )
        found.append(ops.convert_to_numpy(ops.cast(attention(INPUTS, **call), "float32")))
        assert used
    return found


@pytest.mark.parametrize(
    ("encoding", "options", "call"),
    [
        *((encoding, "all", "mask") for encoding in ENCODINGS),
        *(("rotary", options, "mask") for options in OPTIONS if options != "all"),
        *(("rotary", "causal", call) for call in CALLS if call != "mask"),
    ],
)
def test_both_paths_agree(monkeypatch, encoding, options, call):
    fused, plain = both_ways(monkeypatch, encoding, OPTIONS[options], CALLS[call])
    assert np.isfinite(fused).all()
    real = CALLS[call].get("mask", np.ones((B, T), "bool"))
    np.testing.assert_allclose(fused[real], plain[real], atol=1e-5)


def test_both_paths_agree_in_sixteen_bits(monkeypatch):
    fused, plain = both_ways(monkeypatch, "rotary", {}, {"mask": MASK}, dtype="mixed_bfloat16")
    np.testing.assert_allclose(fused[MASK], plain[MASK], atol=0.02)


@pytest.mark.skipif(keras.backend.backend() != "jax", reason="gradients as JAX takes them")
def test_gradients_agree(monkeypatch):
    import jax

    attention = SelfAttention(H, RotaryPositionEncoding())
    attention.build((None, None, D))

    def loss(weights, inputs):
        found, _ = attention.stateless_call(weights, [], inputs, mask=MASK)
        return ops.sum(ops.square(found) * MASK[..., None])

    weights = [weight.value for weight in attention.trainable_variables]
    gradients = []
    for fused in (True, False):
        monkeypatch.setattr(attention_file, "can_fuse", lambda *_, fused=fused: fused)
        gradients.append(jax.grad(loss, argnums=(0, 1))(weights, INPUTS))
    for one, other in zip(*map(jax.tree_util.tree_leaves, gradients), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_only_jax_fuses_and_only_what_shows_no_logits():
    on_jax = keras.backend.backend() == "jax"
    assert can_fuse(RotaryPositionEncoding(), None, "float32") == on_jax
    assert can_fuse(PositionEncoding(), None, "bfloat16") == on_jax
    assert not can_fuse(PositionEncoding(), 64.0, "float32")
    assert not can_fuse(ALiBi(H), None, "float32")
    assert not can_fuse(ShawRelativePosition(H), None, "float32")


@pytest.mark.parametrize("device", ["cpu:0", "tpu:0", "gpu:0", "cuda:0"])
def test_float16_is_fused_on_a_gpu_alone(monkeypatch, device):
    """XLA refuses such products elsewhere, but not before it compiles."""
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    monkeypatch.setattr(keras.distribution, "list_devices", lambda: [device, "cpu:0"])
    assert can_fuse(PositionEncoding(), None, "bfloat16")
    assert can_fuse(PositionEncoding(), None, "float16") == device.startswith(("gpu", "cuda"))


@pytest.mark.skipif(keras.backend.backend() != "jax", reason="TensorFlow and PyTorch do not fuse")
@pytest.mark.parametrize("dtype", ["float32", "mixed_bfloat16", "mixed_float16"])
def test_every_precision_compiles(dtype):
    import jax

    attention = SelfAttention(H, RotaryPositionEncoding(dtype=dtype), dtype=dtype)
    attention.build((None, None, D))
    exact = SelfAttention(H, RotaryPositionEncoding())
    exact.build((None, None, D))
    exact.set_weights(attention.get_weights())
    found = jax.jit(lambda inputs: attention(inputs, mask=MASK))(INPUTS)
    np.testing.assert_allclose(
        ops.convert_to_numpy(ops.cast(found, "float32"))[MASK],
        ops.convert_to_numpy(exact(INPUTS, mask=MASK))[MASK],
        atol=0.02,
    )
