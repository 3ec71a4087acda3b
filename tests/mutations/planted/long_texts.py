"""Bugs in attention over long texts: chunks of queries, and windows."""

from tests.mutations.planted.mutation import LAYERS, TESTS, Mutation

CHUNKS = f"{LAYERS}/query_chunks.py"
WINDOW_TESTS = f"{TESTS}/test_attention_window.py"
CONTRACT = (
    "tests/models/test_long_text_contract.py::test_training_in_chunks_goes_as_all_at_once[t5]"
)

LONG_TEXTS = [
    Mutation(
        "every chunk attends as the first",
        CHUNKS,
        "chunk = cut(queries, start, rows)",
        "chunk = cut(queries, 0, rows)",
        WINDOW_TESTS,
    ),
    Mutation(
        "queries of a chunk stand where the first stand",
        CHUNKS,
        "extended.part(start, rows), start",
        "extended.part(0, rows), start",
        WINDOW_TESTS,
    ),
    Mutation(
        "weights of an encoding not trained by the later chunks",
        CHUNKS,
        "weights = [ops.cast(variable, variable.dtype) for variable in variables]",
        "weights = [ops.stop_gradient(ops.cast(v, v.dtype)) for v in variables]",
        CONTRACT,
    ),
    Mutation(
        "positions beyond the end are not consecutive",
        f"{LAYERS}/tokens.py",
        "values[:, -1:] + on",
        "0.0 * on",
        CONTRACT,
    ),
    Mutation(
        "a window of positions and not of tokens",
        f"{LAYERS}/visible_keys.py",
        "_differences(queries.counts, keys.counts)",
        "_differences(queries.positions, keys.positions)",
        WINDOW_TESTS,
    ),
    Mutation(
        "a window to one side",
        f"{LAYERS}/visible_keys.py",
        "ops.abs(_differences(queries.counts, keys.counts))",
        "_differences(queries.counts, keys.counts)",
        WINDOW_TESTS,
    ),
    Mutation(
        "near keys begin one too late",
        f"{LAYERS}/near_keys.py",
        '"int32") - window',
        '"int32") - window + 1',
        WINDOW_TESTS,
    ),
    Mutation(
        "near keys taken where padding may stand between",
        f"{LAYERS}/attention.py",
        "self.attention_window is None or not tokens.contiguous",
        "self.attention_window is None",
        WINDOW_TESTS,
    ),
    Mutation(
        "a table of distances that starts at those of a whole text",
        "keras_pe/layers/position/skew.py",
        "first = key_positions[0, 0] - query_positions[0, -1]",
        "first = 1.0 - ops.shape(key_positions)[1]",
        CONTRACT,
    ),
]
