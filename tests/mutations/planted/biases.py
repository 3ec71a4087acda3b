"""Bugs of biases that are a function of the distance."""

from tests.mutations.planted.mutation import POSITION, POSITION_TESTS, Mutation

DIRECTED = f"{POSITION}/directed_bias.py"
T5 = f"{POSITION}/t5.py"
KERPLE = f"{POSITION}/kerple.py"
FIRE = f"{POSITION}/fire.py"
DYNAMIC = f"{POSITION}/dynamic_bias.py"
ALIBI_TESTS = f"{POSITION_TESTS}/test_alibi.py"
T5_TESTS = f"{POSITION_TESTS}/test_t5.py"
KERPLE_TESTS = f"{POSITION_TESTS}/test_kerple.py"
FIRE_TESTS = f"{POSITION_TESTS}/test_fire.py"
DYNAMIC_TESTS = f"{POSITION_TESTS}/test_dynamic_bias.py"
SANDWICH_TESTS = f"{POSITION_TESTS}/test_sandwich.py"
SKEW_TESTS = f"{POSITION_TESTS}/test_skew.py"

BIASES = [
    Mutation(
        "a distance with a sign",
        DIRECTED,
        "ops.abs(key_positions[:, None, None, :] - query_positions[:, None, :, None])",
        "key_positions[:, None, None, :] - query_positions[:, None, :, None]",
        ALIBI_TESTS,
    ),
    Mutation(
        "split heads look the same way",
        DIRECTED,
        "np.where(np.arange(num_heads) % 2, -1.0, 1.0)",
        "np.ones(num_heads)",
        ALIBI_TESTS,
    ),
    Mutation(
        "split heads do not see their own token",
        DIRECTED,
        "ops.where(after * sides > 0, CLOSED, penalty)",
        "ops.where(after * sides >= 0, CLOSED, penalty)",
        ALIBI_TESTS,
    ),
    Mutation(
        "slopes of a number of heads that is no power of two",
        f"{POSITION}/alibi.py",
        "below = 2 ** math.floor(math.log2(num_heads))",
        "below = num_heads",
        ALIBI_TESTS,
    ),
    Mutation(
        "buckets of the wrong side",
        T5,
        "distances >= 1",
        "distances <= -1",
        T5_TESTS,
    ),
    Mutation(
        "wide buckets rounded to the nearest",
        T5,
        "own + ops.floor(steps * (self._per_side - own))",
        "own + ops.round(steps * (self._per_side - own))",
        T5_TESTS,
    ),
    Mutation(
        "the last bucket begins at half the largest distance",
        T5,
        "math.log(self.max_distance / own)",
        "math.log(self.max_distance / 2 / own)",
        T5_TESTS,
    ),
    Mutation(
        "the table of T5 in the compute dtype",
        T5,
        'autocast=False,\n            name="table"',
        'name="table"',
        f"{POSITION_TESTS}/test_weights.py",
    ),
    Mutation(
        "skewed by one column too many",
        f"{POSITION}/skew.py",
        "flat[..., queries - 1 : queries - 1 + queries * width]",
        "flat[..., queries : queries + queries * width]",
        SKEW_TESTS,
    ),
    Mutation(
        "the derivative of a power at a distance of zero",
        KERPLE,
        "ops.log(ops.where(distance > 0, distance, 1.0))",
        "ops.log(distance)",
        KERPLE_TESTS,
    ),
    Mutation(
        "the share of a key after the query above one",
        FIRE,
        "ops.maximum(queries, keys)",
        "queries",
        FIRE_TESTS,
    ),
    Mutation(
        "the first position divided by zero",
        FIRE,
        "ops.maximum(self._psi(reached), 1e-6)",
        "self._psi(reached)",
        FIRE_TESTS,
    ),
    Mutation(
        "the logarithm of the distance without its sign",
        DYNAMIC,
        "ops.sign(distances) * ops.log1p(ops.abs(distances))",
        "ops.log1p(ops.abs(distances))",
        DYNAMIC_TESTS,
    ),
    Mutation(
        "the last head is the steepest",
        f"{POSITION}/sandwich.py",
        "8.0 / num_heads * np.arange(1, num_heads + 1)",
        "8.0 / num_heads * np.arange(num_heads, 0, -1)",
        SANDWICH_TESTS,
    ),
]
