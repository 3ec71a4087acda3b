import keras
import pytest
import tensorflow as tf


class InPython(keras.layers.Layer):
    """Computes in the Python process that exports, which a server does not have."""

    def call(self, x):
        y = tf.numpy_function(lambda values: values * 2, [x], tf.float32)
        return tf.ensure_shape(y, x.shape)


class Compiled(keras.layers.Layer):
    """Demands the XLA compiler."""

    def call(self, x):
        return tf.function(lambda values: values * 2, jit_compile=True, autograph=False)(x)


class Noisy(keras.layers.Layer):
    """Answers differently every time."""

    def call(self, x):
        return x + tf.random.normal(tf.shape(x))


class NotANumber(keras.layers.Layer):
    """Divides nothing by nothing."""

    def call(self, x):
        return 0.0 * x / 0.0


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (InPython, r"op PyFunc in function"),
        (Compiled, r"_XlaMustCompile on"),
        (Noisy, r"must score as the Keras model does.*difference="),
        (NotANumber, r"text='', scores=\[nan, nan, nan\].*difference=nan"),
    ],
)
def test_a_model_that_could_not_be_served_leaves_nothing(layer, message, build, export, tmp_path):
    model = build(keras.layers.GlobalMaxPooling1D(), layer(), mask_zero=False)

    with pytest.raises(ValueError, match=message):
        export(model, tmp_path / "models" / "film", check_texts=["a good film"])

    assert list(tmp_path.iterdir()) == []


def test_a_refused_export_leaves_the_earlier_version(build, export, tmp_path):
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "saved_model.pb").write_text("old")

    model = build(keras.layers.GlobalMaxPooling1D(), InPython(), mask_zero=False)

    with pytest.raises(ValueError, match="op PyFunc"):
        export(model, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["1"]
    assert (tmp_path / "1" / "saved_model.pb").read_text() == "old"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"label_names": ["a", "b"]}, r"every output.*2 names, output_shape=\(None, 3\)"),
        ({"label_names": ["a", "b", "a"]}, r"must differ. Received: label_names=\['a', 'b', 'a'\]"),
        ({"max_length": 2}, r"`max_length` must be at least 3"),
    ],
    ids=["too few", "twice", "no room"],
)
def test_arguments_that_do_not_fit_are_refused(arguments, message, model, export, tmp_path):
    with pytest.raises(ValueError, match=message):
        export(model, tmp_path / "film", **arguments)

    assert list(tmp_path.iterdir()) == []


def test_a_model_with_one_answer_per_token_is_refused(build, export, tmp_path):
    with pytest.raises(ValueError, match=r"output_shape=\(None, None, 3\)"):
        export(build(), tmp_path)


def test_a_version_folder_is_not_a_model_folder(model, export, tmp_path):
    (tmp_path / "saved_model.pb").write_text("")

    with pytest.raises(ValueError, match="which is a SavedModel itself"):
        export(model, tmp_path)


def test_other_backends_are_refused(model, export, monkeypatch, tmp_path):
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")

    with pytest.raises(ValueError, match="tensorflow backend only. Received: backend='jax'"):
        export(model, tmp_path)
