"""Attention with Transformer-XL's and DeBERTa's terms beside that of keras_hub."""

import numpy as np
import pytest
from keras import ops
from keras_hub.src.models.deberta_v3.disentangled_self_attention import DisentangledSelfAttention
from keras_hub.src.models.xlnet.relative_attention import TwoStreamRelativeAttention
from keras_hub.src.models.xlnet.xlnet_content_and_query_embedding import ContentAndQueryEmbedding

from keras_pe.layers import DisentangledPosition, SelfAttention, TransformerXLPosition

DIM, HEADS, LENGTH = 8, 2, 40
CLOSE = {"rtol": 0, "atol": 5e-5}


@pytest.fixture
def random():
    return np.random.default_rng(0)


@pytest.fixture
def tokens(random):
    return random.normal(size=(3, LENGTH, DIM)).astype("float32")


def flat(kernel):
    """A kernel [D, H, d] as [D, D]."""
    return np.reshape(kernel, (DIM, DIM))


def test_transformer_xl_is_the_content_stream_of_xlnet(random, tokens):
    theirs = TwoStreamRelativeAttention(num_heads=HEADS, key_dim=DIM // HEADS)
    theirs.build((None, None, DIM))
    kernels = [random.normal(size=(DIM, HEADS, DIM // HEADS)) for _ in range(4)]
    # Theirs are the projections of queries, keys, values and distances, and that of the output.
    output = np.reshape(np.eye(DIM), (DIM, HEADS, DIM // HEADS))
    denses = "_query_dense", "_key_dense", "_value_dense", "_encoding_dense", "_output_dense"
    for name, kernel in zip(denses, [*kernels, output], strict=True):
        getattr(theirs, name).set_weights([kernel])
    content, distance = random.normal(size=(2, HEADS, DIM // HEADS)).astype("float32")
    waves = ContentAndQueryEmbedding(1, DIM, 0.0).relative_positional_encoding(LENGTH, LENGTH, 1)
    waves = ops.repeat(ops.transpose(waves, (1, 0, 2)), len(tokens), axis=0)
    expected, _ = theirs(tokens, content, distance, waves)

    ours = SelfAttention(HEADS, TransformerXLPosition(HEADS))
    ours.build((None, None, DIM))
    joint = np.concatenate([flat(kernel) for kernel in kernels[:3]], axis=1)
    position = flat(kernels[3]), content, distance
    ours.set_weights([*position, joint, np.zeros(3 * DIM), np.eye(DIM), np.zeros(DIM)])
    for positions in (None, np.tile(np.arange(LENGTH) + 5.0, (3, 1))):
        found = ours(tokens, positions=positions)
        np.testing.assert_allclose(*map(ops.convert_to_numpy, (found, expected)), **CLOSE)


def test_disentangled_attention_is_that_of_deberta_v3(random, tokens):
    theirs = DisentangledSelfAttention(HEADS, DIM, max_position_embeddings=16, bucket_size=8)
    theirs.build((None, None, DIM))
    query, key, value = (random.normal(size=(DIM, HEADS, DIM // HEADS)) for _ in range(3))
    output = np.eye(DIM)
    names = "_query_dense", "_key_dense", "_value_dense", "_output_dense"
    biases = [random.normal(size=(HEADS, DIM // HEADS)) for _ in range(3)]
    weights = zip((query, key, value, output), [*biases, np.zeros(DIM)], strict=True)
    for name, (kernel, bias) in zip(names, weights, strict=True):
        getattr(theirs, name).set_weights([kernel, bias])
    rows = random.normal(size=(16, DIM)).astype("float32")
    expected = theirs(tokens, rows[None], np.ones((3, LENGTH, LENGTH), bool))

    ours = SelfAttention(HEADS, DisentangledPosition(HEADS, position_buckets=8, max_distance=16))
    ours.build((None, None, DIM))
    tables = [
        rows @ flat(part) + bias.ravel()
        for part, bias in zip((key, query), (biases[1], biases[0]), strict=True)
    ]
    joint = np.concatenate([flat(kernel) for kernel in (query, key, value)], axis=1)
    ours.set_weights([*tables, joint, np.ravel(biases), np.eye(DIM), np.zeros(DIM)])
    found = ours(tokens)
    np.testing.assert_allclose(*map(ops.convert_to_numpy, (found, expected)), **CLOSE)
