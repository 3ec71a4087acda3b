import pytest

from keras_pe.data.docstrings.clean import clean_docstring, count_words


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("tf.constant(np.zeros(3))", "_.constant(_.zeros(3))"),
        ("TensorFlow, Keras, NumPy and Python", "_, _, _ and _"),
        ("TF 2, TF2, TFRecord, tflite and tfdbg", "_ 2, _, _, _ and _"),
        ("KerasHub, keras_hub, keras-nlp, Keras NLP", "_, _, _, _"),
        ("a KerasTensor in keras.layers", "a _Tensor in _.layers"),
        ("CPython, IPython and pythonic", "_, I_ and _ic"),
        ("https://www.tensorflow.org/api", "https://www._.org/api"),
        ("np_utils, _tf_core, jax2tf", "__utils, ___core, _"),
        ("2np", "2np"),
        ("utf-8, stft, platform, input, n, snp, npy", "utf-8, stft, platform, input, n, snp, npy"),
        ("an array, a Tensor, an ndarray, a layer", "an array, a Tensor, an ndarray, a layer"),
    ],
)
def test_names_of_libraries_are_blanked_and_their_vocabulary_is_kept(text, blanked):
    assert clean_docstring(text) == blanked


@pytest.mark.parametrize(
    "line",
    [
        ">>> import numpy as np",
        "    >>> from keras import ops",
        "... import tensorflow.compat.v1 as tf",
        "import keras_hub",
        "from jax.experimental import jax2tf",
    ],
)
def test_lines_that_import_a_library_are_dropped_whole(line):
    assert clean_docstring(f"Example:\n{line}\n>>> f(1)") == "Example:\n>>> f(1)"


@pytest.mark.parametrize(
    "line", [">>> import math", "Values are taken from `x`.", "from one to ten"]
)
def test_other_lines_that_import_something_are_kept(line):
    assert clean_docstring(f"Example:\n{line}\n>>> f(1)") == f"Example:\n{line}\n>>> f(1)"


def test_indentation_that_comes_from_the_source_is_removed_and_line_breaks_stay():
    docstring = """Adds.

        Args:
            x: a number.
        """
    assert clean_docstring(docstring) == "Adds.\n\nArgs:\n    x: a number."


def test_half_of_a_surrogate_pair_becomes_a_question_mark():
    assert clean_docstring("Decodes \ud800.") == "Decodes ?."


def test_only_words_with_a_letter_or_a_digit_are_counted():
    assert count_words("Returns\n-------\n _ : x2 -> 3 >>> é") == 4


def test_a_placeholder_is_no_word():
    assert count_words(clean_docstring("tf numpy keras")) == 0
