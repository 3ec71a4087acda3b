"""Bugs of encodings that are added to the token vectors."""

from tests.mutations.planted.mutation import POSITION, POSITION_TESTS, Mutation

SINUSOIDAL = f"{POSITION}/sinusoidal.py"
LEARNED = f"{POSITION}/learned.py"
FOURIER = f"{POSITION}/fourier.py"
CONVOLUTIONAL = f"{POSITION}/convolutional.py"
SINUSOIDAL_TESTS = f"{POSITION_TESTS}/test_sinusoidal.py"
LEARNED_TESTS = f"{POSITION_TESTS}/test_learned.py"
BEYOND = f"{POSITION_TESTS}/test_learned_beyond.py"
FOURIER_TESTS = f"{POSITION_TESTS}/test_fourier.py"
CONVOLUTIONAL_TESTS = f"{POSITION_TESTS}/test_convolutional.py"
PRECISION = f"{POSITION_TESTS}/test_precision.py"

ADDITIVE = [
    Mutation(
        "autocast left on in the encodings",
        f"{POSITION}/base.py",
        "super().__init__(autocast=False, **kwargs)",
        "super().__init__(**kwargs)",
        PRECISION,
    ),
    Mutation(
        "token vectors rounded before the sum",
        f"{POSITION}/base.py",
        'self.add(keras.ops.cast(embeddings, "float32"), positions)',
        "self.add(keras.ops.cast(embeddings, self.compute_dtype), positions)",
        PRECISION,
    ),
    Mutation(
        "sines and cosines swapped",
        SINUSOIDAL,
        "ops.stack([ops.sin(angles), ops.cos(angles)], axis=-1)",
        "ops.stack([ops.cos(angles), ops.sin(angles)], axis=-1)",
        SINUSOIDAL_TESTS,
    ),
    Mutation(
        "both layouts interleaved",
        SINUSOIDAL,
        'if self.layout == "concatenated":',
        'if self.layout == "concat":',
        SINUSOIDAL_TESTS,
    ),
    Mutation(
        "the longest wavelength of tensor2tensor not reached",
        SINUSOIDAL,
        "max(count - 1, 1)",
        "count",
        SINUSOIDAL_TESTS,
    ),
    Mutation(
        "the sinusoid rounded before the sum",
        SINUSOIDAL,
        "return embeddings + encoding",
        "return embeddings + ops.cast(ops.cast(encoding, self.compute_dtype), 'float32')",
        PRECISION,
    ),
    Mutation(
        "a position past the table clipped to one row too far",
        LEARNED,
        "ops.clip(rows, 0, self.max_length - 1)",
        "ops.clip(rows, 0, self.max_length)",
        LEARNED_TESTS,
    ),
    Mutation(
        "the shares of block and place swapped",
        LEARNED,
        "share * block + (1.0 - share) * within",
        "(1.0 - share) * block + share * within",
        LEARNED_TESTS,
    ),
    Mutation(
        "compiled code silent past the table",
        LEARNED,
        'ops.where(within_reach, found, float("nan"))',
        "found",
        f"{BEYOND}::test_compiled_code_gives_nan_at_the_positions_beyond",
    ),
    Mutation(
        "positions of padding count in a learned table",
        LEARNED,
        'positions = ops.where(ops.cast(mask, "bool"), positions, 0.0)',
        "pass",
        LEARNED_TESTS,
    ),
    Mutation(
        "left and right neighbours swapped",
        CONVOLUTIONAL,
        "* kernel[index]",
        "* kernel[self.kernel_size - 1 - index]",
        CONVOLUTIONAL_TESTS,
    ),
    Mutation(
        "padding is a neighbour where positions are given",
        CONVOLUTIONAL,
        "super().call(_without_padding(embeddings, mask), positions=positions)",
        "super().call(embeddings, positions=positions)",
        CONVOLUTIONAL_TESTS,
    ),
]
