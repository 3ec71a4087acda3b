"""Bugs in sets of labels, numbers and weights of rows."""

from tests.mutations.planted.mutation import Mutation

SPLITS = "tests/data/test_strata_splits.py"
THRESHOLDS = "tests/training/test_weights_and_thresholds.py"

TARGETS = [
    Mutation(
        "a text with several labels counts for the commonest of them",
        "keras_pe/data/label_set_split.py",
        "key=lambda label: (counts[label], label)",
        "key=lambda label: (-counts[label], label)",
        SPLITS,
    ),
    Mutation(
        "a label may lose all its texts to validation",
        "keras_pe/data/label_set_split.py",
        "held_out.difference_update(first.rows)",
        "pass",
        SPLITS,
    ),
    Mutation(
        "texts of the same score are given a label one by one",
        "keras_pe/training/thresholds.py",
        "    f1[below == ordered] = -1.0\n",
        "",
        THRESHOLDS,
    ),
    Mutation(
        "what a row counts takes the place of what its class counts",
        "keras_pe/training/text_weights.py",
        "weights * self.class_weights[classes]",
        "self.class_weights[classes]",
        THRESHOLDS,
    ),
    Mutation(
        "a corpus on disk keeps no text of a label that few have",
        "keras_pe/preparation/label_set_rule.py",
        "if label not in safe",
        "if label in safe",
        "tests/preparation/test_streaming_split.py",
    ),
    Mutation(
        "bands of numbers on disk begin elsewhere",
        "keras_pe/preparation/order_statistics.py",
        'side="right"',
        'side="left"',
        "tests/preparation/test_streaming_split.py",
    ),
    Mutation(
        "a number is compared with the targets of all texts",
        "keras_pe/training/scaled_squared_error.py",
        "keras.losses.mean_squared_error(y_true / self.deviation, y_pred / self.deviation)",
        "keras.ops.mean(((y_true - y_pred) / self.deviation) ** 2, axis=-1)",
        "tests/training/test_scaled_losses.py",
    ),
    Mutation(
        "the average precision of equal scores depends on their order",
        "keras_pe/evaluation/label_set_metrics.py",
        "np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))",
        "np.arange(len(order))",
        "tests/evaluation/test_label_set_metrics.py",
    ),
]
