"""Bugs between attention and the answer: the encoder, its padding, and the pooling."""

from tests.mutations.planted.mutation import LAYERS, POSITION_TESTS, TESTS, Mutation

FILE = f"{LAYERS}/encoder.py"
BLOCK = f"{LAYERS}/encoder_block.py"
PADDING = f"{LAYERS}/right_padding.py"
POOLING = f"{LAYERS}/pooling"
ENCODER_TESTS = f"{TESTS}/test_encoder.py"
PADDING_TESTS = f"{TESTS}/test_right_padding.py"
POOLING_TESTS = f"{TESTS}/test_pooling.py"
PACKING_TESTS = f"{TESTS}/test_padding_and_packing.py"
ROUND_TRIP = f"{TESTS}/test_round_trip.py"
PRECISION = f"{POSITION_TESTS}/test_precision.py"

ENCODER = [
    Mutation(
        "a gradient of normalisation that forgets the variance",
        f"{LAYERS}/centred_normalization.py",
        "(by_tokens - normal * ops.matmul(along, weights)) * inverse",
        "by_tokens * inverse",
        f"{TESTS}/test_centred_normalization.py",
    ),
    Mutation(
        "numbers of rows and columns of a dropout are added and not mixed",
        f"{LAYERS}/byte_dropout.py",
        'ops.view(_mixed(rows + columns), "uint8")',
        'ops.view(rows + columns, "uint8")',
        f"{TESTS}/test_byte_dropout.py",
    ),
    Mutation(
        "the gradient of a bias in 16 bits is that of the first token",
        f"{LAYERS}/token_dense.py",
        "ops.matmul(ones, upstream)[0]",
        "upstream[0]",
        f"{TESTS}/test_token_dense.py",
    ),
    Mutation(
        "the encoder drops the mask on its way to the blocks",
        FILE,
        "return Tokens.of(tokens, positions, mask, segment_ids)",
        "return Tokens.of(tokens, positions, None, segment_ids)",
        PACKING_TESTS,
    ),
    Mutation(
        "the encoder drops the segments on their way to the blocks",
        FILE,
        "return Tokens.of(tokens, positions, mask, segment_ids)",
        "return Tokens.of(tokens, positions, mask, None)",
        PACKING_TESTS,
    ),
    Mutation(
        "the encoder counts its positions without the mask",
        FILE,
        "positions=index if moved else positions, mask=mask, segment_ids=segment_ids",
        "positions=index if moved else positions, segment_ids=segment_ids",
        PACKING_TESTS,
    ),
    Mutation(
        "tokens not brought back to their places",
        FILE,
        "tokens if restore is None else restore(tokens)",
        "tokens",
        PACKING_TESTS,
    ),
    Mutation(
        "given positions lost where there is a mask",
        FILE,
        "if mask is not None and positions is None and segment_ids is None:",
        "if mask is not None and segment_ids is None:",
        PACKING_TESTS,
    ),
    Mutation(
        "segments lost where padding is moved",
        FILE,
        "if mask is not None and positions is None and segment_ids is None:",
        "if mask is not None and positions is None:",
        PACKING_TESTS,
    ),
    Mutation(
        "positions that a source moved taken for those of neighbours",
        FILE,
        "consecutive = type(self.position_source) is PositionSource",
        "consecutive = True",
        ENCODER_TESTS,
    ),
    Mutation(
        "weights of the encoding in every block although shared",
        FILE,
        "        if self.share_position:\n            return self.position\n",
        "",
        ENCODER_TESTS,
    ),
    Mutation(
        "no dropout on the embeddings",
        FILE,
        "tokens = self.input_dropout(tokens, training=training)",
        "pass",
        ENCODER_TESTS,
    ),
    Mutation(
        "the encoder does not tell its blocks to be causal",
        FILE,
        "                causal=causal,\n",
        "",
        ROUND_TRIP,
    ),
    Mutation(
        "autocast left on in the block",
        BLOCK,
        "super().__init__(autocast=False, **kwargs)",
        "super().__init__(**kwargs)",
        PRECISION,
    ),
    Mutation(
        "the block drops the mask",
        BLOCK,
        "            mask=mask,\n",
        "",
        PACKING_TESTS,
    ),
    Mutation(
        "the block drops the positions",
        BLOCK,
        "            positions=positions,\n",
        "",
        PACKING_TESTS,
    ),
    Mutation(
        "the padding of all rows moved as in the first",
        PADDING,
        'first + ops.cast(order, "int32")',
        'ops.cast(order, "int32")',
        PADDING_TESTS,
    ),
    Mutation(
        "the mean over padding too",
        f"{POOLING}/mean.py",
        "ops.sum(inputs * kept, axis=1)",
        "ops.sum(inputs, axis=1)",
        POOLING_TESTS,
    ),
    Mutation(
        "padding has a share in pooling by attention",
        f"{POOLING}/attention.py",
        "ops.where(kept > 0, logits, -1e9)",
        "logits",
        POOLING_TESTS,
    ),
    Mutation(
        "tokens counted in the compute dtype",
        f"{POOLING}/base.py",
        'ops.cast(mask, "float32")[..., None]',
        "ops.cast(mask, self.compute_dtype)[..., None]",
        POOLING_TESTS,
    ),
]
