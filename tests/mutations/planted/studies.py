"""Bugs in generated tasks and in how studies of length extrapolation test and count."""

from tests.mutations.planted.mutation import Mutation

STUDY = "keras_pe/extrapolation"
STUDY_TESTS = "tests/extrapolation"
TASKS = "keras_pe/tasks"
LABELS = "tests/tasks/test_labels.py"
VIEWS = f"{STUDY_TESTS}/test_text_views.py"

STUDIES = [
    Mutation(
        "even pairs looks at neighbours of the first token only",
        f"{TASKS}/even_pairs.py",
        "tokens[:, 0] != tokens[:, -1]",
        "tokens[:, 0] != tokens[:, min(1, length - 1)]",
        LABELS,
    ),
    Mutation(
        "a product that is still open is lost",
        f"{TASKS}/modular_arithmetic.py",
        "return (total + product) % MODULUS",
        "return total % MODULUS",
        LABELS,
    ),
    Mutation(
        "the hidden bit is looked up after it is hidden",
        f"{TASKS}/missing_duplicate.py",
        "labels = tokens[rows, hidden] - 1",
        "labels = tokens[rows, hidden // 2] - 1",
        LABELS,
    ),
    Mutation(
        "MED takes the upper of two middle values",
        f"{TASKS}/listops_expression.py",
        "(ordered[middle] + ordered[~middle]) // 2",
        "ordered[middle]",
        "tests/tasks/test_listops_expression.py",
    ),
    Mutation(
        "the last token stands on the last symbol",
        f"{STUDY}/task_sequences.py",
        "rows[np.arange(len(tokens)), ends + 1]",
        "rows[np.arange(len(tokens)), ends]",
        f"{STUDY_TESTS}/test_task_sequences.py",
    ),
    Mutation(
        "the longest training length never occurs",
        f"{STUDY}/task_study.py",
        "draw.integers(1, self._train_length + 1",
        "draw.integers(1, self._train_length",
        f"{STUDY_TESTS}/test_task_study.py",
    ),
    Mutation(
        "a cut text loses its last token",
        f"{STUDY}/text_views.py",
        "np.concatenate([row[: length - 1], row[-1:]])",
        "row[:length]",
        VIEWS,
    ),
    Mutation(
        "a window counts for the first text",
        f"{STUDY}/text_views.py",
        "owners.append(number)",
        "owners.append(0)",
        VIEWS,
    ),
    Mutation(
        "a text of exactly the training length is a long one",
        f"{STUDY}/text_bands.py",
        "(lengths > low) & (lengths <= high)",
        "(lengths >= low) & (lengths < high)",
        f"{STUDY_TESTS}/test_text_bands.py",
    ),
    Mutation(
        "the deviation of a population",
        f"{STUDY}/summary.py",
        "ddof=1",
        "ddof=0",
        f"{STUDY_TESTS}/test_summary.py",
    ),
    Mutation(
        "accuracy beyond counts the lengths in range too",
        f"{STUDY}/summary.py",
        "if not _is_short(p, train_length)]",
        "if p]",
        f"{STUDY_TESTS}/test_summary.py",
    ),
    Mutation(
        "scores that are no numbers count as the first class",
        f"{STUDY}/training.py",
        " & np.isfinite(scores).all(axis=1)",
        "",
        f"{STUDY_TESTS}/test_task_study.py",
    ),
    Mutation(
        "a torn line swallows the next run",
        f"{STUDY}/records.py",
        'b"\\n" * torn + ',
        "",
        f"{STUDY_TESTS}/test_records.py",
    ),
    Mutation(
        "the linear model reads a piece more than the networks",
        "keras_pe/text/first_pieces.py",
        "places[count - 1]",
        "places[count]",
        "tests/text/test_first_pieces.py",
    ),
    Mutation(
        "the same windows in every pass",
        f"{STUDY}/short_texts.py",
        "[seed, number, 1]",
        "[seed, 1]",
        f"{STUDY_TESTS}/test_text_corpus.py",
    ),
    Mutation(
        "a drawn window that never reaches the end of a text",
        f"{STUDY}/text_views.py",
        "np.maximum(encoded.lengths - length, 0) + 1",
        "np.maximum(encoded.lengths - length - 1, 0) + 1",
        VIEWS,
    ),
    Mutation(
        "windows of shards that drop what is left of a block",
        "keras_pe/data/shards/sharded_texts.py",
        "held = [_slice(together, size, len(together))] if size < len(together) else []",
        "held = []",
        "tests/data/shards/test_streamed_batches.py",
    ),
]
