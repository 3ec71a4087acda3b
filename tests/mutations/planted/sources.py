"""Bugs in where tokens stand."""

from tests.mutations.planted.mutation import LAYERS, POSITION, TESTS, Mutation

SOURCE = f"{LAYERS}/position_source"
COUNTED = f"{SOURCE}/counted.py"
RANDOMIZED = f"{SOURCE}/randomized.py"
COUNTED_TESTS = f"{TESTS}/position_source/test_base_source.py"
MOVED_TESTS = f"{TESTS}/position_source/test_transforms.py"
GIVEN = (
    f"{TESTS}/position_source/test_in_models.py"
    "::test_given_positions_of_padding_make_no_text_longer"
)

SOURCES = [
    Mutation(
        "counting from one",
        COUNTED,
        'ops.cumsum(ops.cast(mask, "float32"), axis=1) - 1.0',
        'ops.cumsum(ops.cast(mask, "float32"), axis=1)',
        COUNTED_TESTS,
    ),
    Mutation(
        "padding on the left counted",
        COUNTED,
        "if mask is None and segment_ids is None:",
        "if segment_ids is None:",
        COUNTED_TESTS,
    ),
    Mutation(
        "positions do not restart in each segment",
        COUNTED,
        "before - _at_segment_start(before, mask, segment_ids)",
        "before",
        COUNTED_TESTS,
    ),
    Mutation(
        "a source that moves does not read the mask beside other tensors",
        f"{SOURCE}/transform.py",
        "mask = tokens_mask if mask is None else mask",
        "pass",
        GIVEN,
    ),
    Mutation(
        "padding makes a text longer",
        f"{SOURCE}/transform.py",
        'ops.where(ops.cast(mask, "bool"), positions, 0.0)',
        "positions",
        GIVEN,
    ),
    Mutation(
        "drawn with replacement",
        RANDOMIZED,
        "return ops.sort(ops.where(is_drawn, slots, slots + self.max_position), axis=1)",
        'return ops.sort(ops.cast(keys * self.max_position, "int32"), axis=1)',
        MOVED_TESTS,
    ),
    Mutation(
        "drawn and not sorted",
        RANDOMIZED,
        "return ops.sort(ops.where(is_drawn, slots, slots + self.max_position), axis=1)",
        'return ops.cast(ops.argsort(keys, axis=1), "int32")',
        MOVED_TESTS,
    ),
    Mutation(
        "all rows have one draw",
        RANDOMIZED,
        "keys = keras.random.uniform((batch_size, self.max_position), seed=self.seed_generator)",
        "keys = keras.random.uniform((1, self.max_position), seed=self.seed_generator)\n"
        "        keys = ops.broadcast_to(keys, (batch_size, self.max_position))",
        MOVED_TESTS,
    ),
    Mutation(
        "drawn at inference",
        RANDOMIZED,
        'if training or self.inference == "random":',
        'if training or self.inference != "evenly_spaced":',
        MOVED_TESTS,
    ),
    Mutation(
        "shifted at inference, where training is None",
        f"{SOURCE}/shifted.py",
        "if not training:",
        "if training is False:",
        MOVED_TESTS,
    ),
    Mutation(
        "the middle of a text counts its padding",
        f"{SOURCE}/augmented.py",
        "centred = positions - last / 2.0",
        "centred = positions - ops.mean(positions, axis=1, keepdims=True)",
        MOVED_TESTS,
    ),
    Mutation(
        "augmented at inference",
        f"{SOURCE}/augmented.py",
        "if not training:",
        "if training is False:",
        MOVED_TESTS,
    ),
    Mutation(
        "short texts stretched",
        f"{SOURCE}/interpolated.py",
        "ops.where(last > end, positions * (end / ops.maximum(last, 1.0)), positions)",
        "positions * (end / ops.maximum(last, 1.0))",
        MOVED_TESTS,
    ),
    Mutation(
        "an encoding does not count from the mask",
        f"{POSITION}/base.py",
        "token_positions(embeddings, positions=positions, mask=mask)",
        "token_positions(embeddings, positions=positions)",
        f"{TESTS}/test_drop_in.py",
    ),
    Mutation(
        "an encoding does not pass the mask on",
        f"{POSITION}/base.py",
        "        self.supports_masking = True\n",
        "",
        f"{TESTS}/test_drop_in.py",
    ),
]
