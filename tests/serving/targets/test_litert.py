"""LiteRT: its own operations alone, lengths, and weights in 8 and 16 bits."""

import json

import numpy as np
import pytest
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

from keras_pe.serving.targets.litert import MODEL, TOLERANCES, write_litert
from keras_pe.serving.targets.litert_classifier import LiteRTClassifier


def interpreter(folder):
    return Interpreter(model_path=str(folder / MODEL))


@pytest.mark.parametrize("kind", ["rotary", "lstm"])
def test_only_operations_of_litert_itself(kind, news_export):
    opened = interpreter(news_export("litert", kind))
    ops = {each["op_name"] for each in opened._get_ops_details()}
    assert len(ops) > 5
    assert not {op for op in ops if op.startswith("Flex") or op == "CUSTOM"}
    names = {"inputs": ["token_ids"], "outputs": ["scores"]}
    assert opened.get_signature_list() == {"tokens": names}


def test_padding_and_lengths_up_to_the_longest_do_not_change_an_answer(news_export):
    opened = interpreter(news_export("litert", "rotary"))
    run = opened.get_signature_runner("tokens")
    ids = np.array([[2, 50, 60, 70, 3]], np.int32)
    expected = run(token_ids=ids)["scores"]
    for length in (6, 20, 48):
        padded = np.pad(ids, [[0, 0], [0, length - 5]])
        np.testing.assert_allclose(run(token_ids=padded)["scores"], expected, rtol=0, atol=1e-6)


def test_a_fixed_length_answers_the_same(news_export, news):
    fixed = LiteRTClassifier(news_export("litert", "lstm", length="fixed"))
    dynamic = LiteRTClassifier(news_export("litert", "lstm"))
    texts = [*news[:20], "", "long " * 99]
    np.testing.assert_allclose(fixed.predict(texts)[1], dynamic.predict(texts)[1], atol=1e-5)
    (given,) = interpreter(fixed.folder).get_input_details()
    assert given["shape"].tolist() == [1, 48]


@pytest.mark.parametrize(("quantization", "smaller"), [("dynamic_int8", 0.6), ("float16", 0.7)])
def test_rounded_weights_are_smaller_and_near(quantization, smaller, news_export, news):
    exact = LiteRTClassifier(news_export("litert", "rotary"))
    rounded = LiteRTClassifier(news_export("litert", "rotary", quantization=quantization))
    sizes = [(reader.folder / MODEL).stat().st_size for reader in (rounded, exact)]
    difference = np.abs(rounded.predict(news[:50])[1] - exact.predict(news[:50])[1]).max()

    assert sizes[0] < smaller * sizes[1]
    assert 1e-6 < difference < TOLERANCES[quantization]
    description = json.loads((rounded.folder / "keras_pe.json").read_text(encoding="utf-8"))
    assert description["quantization"] == quantization


@pytest.mark.parametrize("kind", ["rotary", "lstm"])
def test_calibration_rounds_activations_and_keeps_answers(
    kind, news_export, news_tokenizer, news, news_model
):
    texts = tf.constant(news[:60])
    ids = [np.array(row) for row in news_tokenizer.encode(texts, 48).to_list()]
    folder = write_litert(
        *(news_model(kind), news_tokenizer, ["World", "Sports", "Business", "Tech"]),
        news_export("litert", kind).parent.parent / f"{kind}_calibrated",
        max_length=48,
        quantization="calibrated_int8",
        calibration=ids,
    )
    kinds = [each["op_name"] for each in interpreter(folder)._get_ops_details()]
    assert "QUANTIZE" in kinds
    agreement = json.loads((folder / "keras_pe.json").read_text(encoding="utf-8"))["agreement"]
    assert agreement["texts"] == 30
    assert agreement["same"] >= 29
    found, exact = (LiteRTClassifier(each) for each in (folder, news_export("litert", kind)))
    difference = np.abs(found.predict(news[1:60:2])[1] - exact.predict(news[1:60:2])[1]).max()
    assert 1e-6 < difference < TOLERANCES["calibrated_int8"]
