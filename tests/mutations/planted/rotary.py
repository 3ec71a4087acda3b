"""Bugs of encodings that turn queries and keys."""

from tests.mutations.planted.mutation import POSITION, POSITION_TESTS, TESTS, Mutation

ROTARY_FILE = f"{POSITION}/rotary.py"
ROTATION = f"{POSITION}/rotation.py"
SCALING = f"{POSITION}/rotary_scaling"
POLAR = f"{POSITION}/polar.py"
XPOS = f"{POSITION}/xpos.py"
ROTARY_TESTS = f"{POSITION_TESTS}/test_rotary.py"
LENGTHS = f"{POSITION_TESTS}/test_rotary_lengths.py"
SCALING_TESTS = f"{POSITION_TESTS}/test_rotary_scaling.py"
POLAR_TESTS = f"{POSITION_TESTS}/test_polar.py"
XPOS_TESTS = f"{POSITION_TESTS}/test_xpos.py"

ROTARY = [
    Mutation(
        "rotary turns queries only",
        ROTARY_FILE,
        "turn(keys, *of_keys, self.layout)",
        "keys",
        ROTARY_TESTS,
    ),
    Mutation(
        "the pairs of the other layout",
        ROTATION,
        'if layout == "half":\n        # As fast',
        'if layout != "half":\n        # As fast',
        ROTARY_TESTS,
    ),
    Mutation(
        "the tail turned instead of the first features",
        ROTATION,
        """        turned = turn(heads[..., :dim], cosines, sines, layout)
        return ops.concatenate([turned, heads[..., dim:]], axis=-1)
""",
        """        turned = turn(heads[..., -dim:], cosines, sines, layout)
        return ops.concatenate([heads[..., :-dim], turned], axis=-1)
""",
        ROTARY_TESTS,
    ),
    Mutation(
        "angles rounded to the dtype of the heads",
        ROTATION,
        "exact * cosines + _swap_pairs(exact, layout) * sines",
        "exact * ops.cast(cosines, heads.dtype) + _swap_pairs(exact, layout) * ops.cast(sines, "
        "heads.dtype)",
        f"{POSITION_TESTS}/test_precision.py",
    ),
    Mutation(
        "the attention factor of a scaling dropped",
        ROTARY_FILE,
        "turning_tables(angles, self.layout, size)",
        "turning_tables(angles, self.layout)",
        ROTARY_TESTS,
    ),
    Mutation(
        "rotary forgets in its config how it is scaled",
        ROTARY_FILE,
        '            "scaling_factor": self.scaling_factor,\n',
        "",
        f"{TESTS}/test_round_trip.py",
    ),
    Mutation(
        "YaRN's ramp upside down",
        f"{SCALING}/yarn.py",
        "plain / self.factor * ramp + plain * (1.0 - ramp)",
        "plain / self.factor * (1.0 - ramp) + plain * ramp",
        SCALING_TESTS,
    ),
    Mutation(
        "dynamic NTK goes by the longest text of the batch",
        f"{SCALING}/text_lengths.py",
        "ops.max(seen, axis=1, keepdims=True) + 1.0",
        "ops.max(seen, keepdims=True) + 1.0",
        LENGTHS,
    ),
    Mutation(
        "padding makes a text longer for a scaling",
        f"{SCALING}/text_lengths.py",
        "key_positions if same_text is None else _of_text(same_text[:, 0, 0], key_positions)",
        "key_positions",
        LENGTHS,
    ),
    Mutation(
        "Llama 3 mistakes frequencies for wavelengths",
        f"{SCALING}/llama3.py",
        "self.original_length * plain / (2.0 * np.pi)",
        "self.original_length * plain",
        SCALING_TESTS,
    ),
    Mutation(
        "polar delta turns queries too",
        POLAR,
        "of_queries = self._angles(query_positions, head_dim)",
        "of_queries = self._angles(query_positions, head_dim) + delta",
        POLAR_TESTS,
    ),
    Mutation(
        "xPos lets far tokens count more",
        XPOS,
        "(middle - key_positions) / self.scale_base",
        "(key_positions - middle) / self.scale_base",
        XPOS_TESTS,
    ),
    Mutation(
        "xPos closed no further than the decay grows",
        XPOS,
        "CLOSED = -1e30",
        "CLOSED = -1e9",
        XPOS_TESTS,
    ),
]
