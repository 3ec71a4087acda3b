"""Bugs of encodings that read queries and keys."""

from tests.mutations.planted.mutation import POSITION, POSITION_TESTS, Mutation

SHAW = f"{POSITION}/shaw.py"
XL = f"{POSITION}/transformer_xl.py"
DEBERTA = f"{POSITION}/disentangled.py"
COPE = f"{POSITION}/cope.py"
FOX = f"{POSITION}/forgetting.py"
SHAW_TESTS = f"{POSITION_TESTS}/test_shaw.py"
XL_TESTS = f"{POSITION_TESTS}/test_transformer_xl.py"
DEBERTA_TESTS = f"{POSITION_TESTS}/test_disentangled.py"
COPE_TESTS = f"{POSITION_TESTS}/test_cope.py"
FOX_TESTS = f"{POSITION_TESTS}/test_forgetting.py"
BY_DISTANCE_TESTS = f"{POSITION_TESTS}/test_by_distance.py"

CONTENT = [
    Mutation(
        "Shaw's logits not scaled",
        SHAW,
        "tables.scores(queries, table) / math.sqrt(queries.shape[-1])",
        "tables.scores(queries, table)",
        SHAW_TESTS,
    ),
    Mutation(
        "rows picked from the table of the first batch row",
        f"{POSITION}/by_distance.py",
        'ops.arange(batch * length, dtype="int32") * rows',
        'ops.tile(ops.arange(length, dtype="int32"), batch) * rows',
        BY_DISTANCE_TESTS,
    ),
    Mutation(
        "the bias of the content added to the distance",
        XL,
        "looking = queries + distance",
        "looking = queries + content",
        XL_TESTS,
    ),
    Mutation(
        "what keys look for not transposed",
        DEBERTA,
        "found + ops.transpose(back, (0, 1, 3, 2))",
        "found + back",
        DEBERTA_TESTS,
    ),
    Mutation(
        "gates of keys that are not seen",
        COPE,
        "gates if same_text is None else ops.where(same_text, gates, 0.0)",
        "gates",
        COPE_TESTS,
    ),
    Mutation(
        "positions between two rows rounded down",
        COPE,
        "found[..., 0] + (places - whole) * found[..., 1]",
        "found[..., 0]",
        COPE_TESTS,
    ),
    Mutation(
        "what is forgotten includes the key and not the query",
        f"{POSITION}/sums_up_to.py",
        "both = tokens <= places, tokens < places",
        "both = tokens < places, tokens <= places",
        FOX_TESTS,
    ),
    Mutation(
        "padding makes heads forget",
        FOX,
        "gates if of_keys is None else gates * of_keys",
        "gates",
        FOX_TESTS,
    ),
    Mutation(
        "gates left of the query used on its right",
        FOX,
        "ops.where(later, -right, left)",
        "ops.where(later, -left, left)",
        FOX_TESTS,
    ),
]
