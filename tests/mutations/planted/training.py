"""Bugs in what a text counts, in the losses and in the choice of the best epoch."""

from tests.mutations.planted.mutation import Mutation

FOCAL = "keras_pe/training/focal_crossentropy.py"
LOSS_TESTS = "tests/training/test_losses.py"
WEIGHTS = "keras_pe/training/class_weights.py"
WEIGHT_TESTS = "tests/training/test_class_weights.py"
BLOCK_LSTM = "keras_pe/training/block_lstm.py"
BLOCK_LSTM_TESTS = "tests/training/test_block_lstm.py"

TRAINING = [
    Mutation(
        "balanced weights are normalised over the classes",
        WEIGHTS,
        "counts.sum() / (present * np.maximum(counts, 1))",
        "present / np.maximum(counts, 1) / (1 / np.maximum(counts, 1)).sum()",
        WEIGHT_TESTS,
    ),
    Mutation(
        "a class without texts counts among those that are balanced",
        WEIGHTS,
        "np.count_nonzero(counts)",
        "len(counts)",
        WEIGHT_TESTS,
    ),
    Mutation(
        "weights of a file are scaled to a mean of one over the classes",
        WEIGHTS,
        "weights / (weights @ counts / counts.sum())",
        "weights / weights.mean()",
        WEIGHT_TESTS,
    ),
    Mutation(
        "a resumed run reads the weights anew",
        "keras_pe/experiment.py",
        "        if self._resume:\n            return self.folder.load_class_weights()\n",
        "",
        "tests/test_skewed_classes.py",
    ),
    Mutation(
        "the focal loss holds back what is unlikely",
        FOCAL,
        "ops.maximum(1.0 - y_pred, _SMALLEST_REST)",
        "ops.maximum(y_pred, _SMALLEST_REST)",
        LOSS_TESTS,
    ),
    Mutation(
        "all classes are held back by the true one",
        FOCAL,
        "ops.sum(target * unsure * surprise, axis=-1)",
        "ops.sum(target * surprise, axis=-1)"
        " * ops.sum(true_class(y_true, y_pred) * unsure, axis=-1)",
        LOSS_TESTS,
    ),
    Mutation(
        "a hopeless text has no gradient",
        FOCAL,
        "_SMALLEST_PROBABILITY = 1e-30",
        "_SMALLEST_PROBABILITY = 1e-7",
        LOSS_TESTS,
    ),
    Mutation(
        "macro F1 leaves out classes that are not there",
        "keras_pe/training/macro_f1.py",
        "ops.mean(2.0 * hits / ops.maximum(texts + guesses, 1.0))",
        "ops.sum(2.0 * hits / ops.maximum(texts + guesses, 1.0))"
        " / ops.sum(ops.cast(texts + guesses > 0, self.dtype))",
        "tests/training/test_macro_f1.py",
    ),
    Mutation(
        "the kernels get the gates in the order of Keras",
        BLOCK_LSTM,
        "tf.concat([into, cell, forget, out], axis=-1)",
        "tf.concat([into, forget, cell, out], axis=-1)",
        BLOCK_LSTM_TESTS,
    ),
    Mutation(
        "the forget gate gets a bias from the kernel, too",
        BLOCK_LSTM,
        "forget_bias=0.0",
        "forget_bias=1.0",
        BLOCK_LSTM_TESTS,
    ),
    Mutation(
        "gradients are with the states after each step, not before it",
        BLOCK_LSTM,
        "before = tf.concat([zeros[tf.newaxis], gates.h[:-1]], axis=0)",
        "before = gates.h",
        BLOCK_LSTM_TESTS,
    ),
    Mutation(
        "a text without tokens has an output",
        "keras_pe/training/reading_order.py",
        "count > 0\n",
        "count >= 0\n",
        BLOCK_LSTM_TESTS,
    ),
    Mutation(
        "XLA is given kernels that it does not know",
        "keras_pe/training/lstm_loops.py",
        "loop = None if jit_compile else _fastest_loop()",
        "loop = _fastest_loop()",
        "tests/training/test_lstm_loops.py",
    ),
]
