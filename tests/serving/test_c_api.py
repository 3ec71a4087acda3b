"""The C API, through which a server loads and runs a model, answers as `ServedClassifier` does."""

import collections

import numpy as np
import pytest

from keras_pe.serving.served import ServedClassifier
from tests.serving.c_api.in_a_process import answers_of
from tests.serving.c_api.libtensorflow import LibTensorFlow, TensorFlowError
from tests.serving.c_api.loaded_model import LoadedModel

TEXTS = [
    b"a good film!",
    b"",
    b"\xff\xfe bad \xc3(",
    b"good\0film",
    "好电影".encode(),
    b"news " * 99,
]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rotary", "lstm"])
def test_a_process_without_any_framework_answers_alike(kind, news_version, packages, news):
    texts = [*TEXTS, *(text.encode() for text in news[:58])]
    served = ServedClassifier(news_version(kind))

    found = answers_of(packages, served.folder, texts)

    labels, scores = served.predict(texts)
    np.testing.assert_allclose(found["scores"], scores, rtol=0, atol=1e-6)
    assert found["label"] == labels
    assert len(set(labels)) > 1
    asked = collections.Counter(signature for signature, _ in found["warmed_up"])
    assert set(asked) == set(served.signatures)
    assert asked["serving_default"] > 4
    assert all(answered for _, answered in found["warmed_up"])


@pytest.fixture(scope="module")
def loaded(version, packages):
    return LoadedModel(LibTensorFlow(packages), version)


def test_signatures_are_those_of_the_graph(version, loaded):
    served = ServedClassifier(version)
    assert set(loaded.signatures) == set(served.signatures)
    for name, signature in served.signatures.items():
        found = loaded.signatures[name]
        for tensors, specs in (
            (found.inputs, signature.structured_input_signature[1]),
            (found.outputs, signature.structured_outputs),
        ):
            assert set(tensors) == set(specs)
            for key, info in tensors.items():
                sizes = [-1 if size is None else size for size in specs[key].shape]
                assert (info.dtype, list(info.shape)) == (specs[key].dtype.as_datatype_enum, sizes)


def test_no_texts_are_answered_with_no_rows(loaded):
    answer = loaded.run("serving_default", {"text": []})
    assert {name: array.shape for name, array in answer.items()} == {
        "label": (0,), "score": (0,), "labels": (0, 3), "scores": (0, 3),
    }  # fmt: skip


def test_an_error_in_the_graph_comes_with_its_code_and_words(loaded):
    with pytest.raises(TensorFlowError, match="`token_ids` must have at most 16 columns") as error:
        loaded.run("tokens", {"token_ids": np.full((1, 17), 5)})
    assert error.value.code == 3  # INVALID_ARGUMENT
