"""Labelled texts: trained short, tested long, seen four ways."""

import numpy as np
import pytest
import tensorflow as tf

from keras_pe.config import Variant
from keras_pe.extrapolation.cells import Cell
from keras_pe.extrapolation.text_study import TextStudy

TRAIN = [("a", "good film"), ("b", "bad film"), ("a", "good plot"), ("b", "bad plot")] * 5
# Tokens with the two around them: 4, 4, 10, 13, 26 and 102.
TEST = [
    ("a", "good film"),
    ("b", "good plot"),
    ("a", "good " * 8),
    ("b", "good " * 4 + "bad " * 7),
    ("b", "bad " * 24),
    ("a", "bad " * 4 + "good " * 96),
]


@pytest.fixture
def study(tiny_texts):
    return TextStudy(tiny_texts(TRAIN, TEST))


def fake(study):
    """Says a where most words are good, and is as sure as the share of them."""
    [good] = [study.tokenizer.vocabulary.index(word) for word in ("good",)]

    def scores(encoded):
        rows = np.split(encoded.ids, encoded.offsets[1:-1])
        share = np.array([(row[1:-1] == good).mean() for row in rows])
        return np.stack([share, 1 - share], axis=1)

    return scores


def table(points, view):
    return {point["length"]: (point["texts"], point["accuracy"]) for point in points
            if point["view"] == view}  # fmt: skip


def test_bands_of_test_texts(study):
    assert study.test.texts.lengths.tolist() == [4, 4, 10, 13, 26, 102]
    assert [(low, high, len(texts)) for low, high, texts in study.test.bands] == [
        (0, 6, 2), (6, 12, 1), (12, 24, 1), (24, 48, 1), (96, None, 1),
    ]  # fmt: skip
    assert study.test.long.tolist() == [2, 3, 4, 5]
    assert "2 as short, 4 above 6, " not in study.description
    assert "2 as short, 1 above 6, 1 above 12, 1 above 24, 1 above 96 tokens" in study.description


def test_views_by_hand(study):
    points = study.test.tested(fake(study))
    short = {6: (2, 0.5)}  # "good film" is half good, which ties, and a tie says a.
    whole = table(points, "whole")
    assert whole == short | {12: (1, 1.0), 24: (1, 1.0), 48: (1, 1.0), None: (1, 1.0)}
    # Four words each: the 13 tokens begin with four good, the 102 with four bad ones.
    truncated = table(points, "truncated")
    assert truncated == short | {12: (1, 1.0), 24: (1, 0.0), 48: (1, 1.0), None: (1, 0.0)}
    # 11 words in windows of 4, 4 and 3: all, none and none good.
    windows = table(points, "windows")
    assert windows == short | {12: (1, 1.0), 24: (1, 1.0), 48: (1, 1.0), None: (1, 1.0)}
    # Of all four long texts; at 12 tokens the third has 4 of 10 good, the last 6 of 10.
    assert table(points, "cut") == {6: (4, 0.5), 12: (4, 1.0), 24: (4, 1.0), 48: (4, 1.0),
                                    96: (4, 1.0)}  # fmt: skip


def test_chance_is_the_commonest_class_of_short_and_of_long_texts(study, tiny_texts):
    assert study.chance == 0.5
    assert study.chance_sentence == (
        "Chance level, the share of the commonest class: 50.0 up to 6 tokens, 50.0 beyond 6 tokens."
    )
    long = TextStudy(tiny_texts(TRAIN, [TEST[0], TEST[2], TEST[5]]))
    assert "100.0 beyond 6 tokens" in long.chance_sentence


def test_bands_are_sampled(tiny_texts):
    study = TextStudy(tiny_texts(TRAIN, TEST * 9, samples=5))
    assert {len(texts) for _, _, texts in study.test.bands} == {5}
    numbers = TextStudy(tiny_texts(TRAIN, TEST * 9, samples=5)).test.numbers
    np.testing.assert_array_equal(study.test.numbers, numbers)
    texts = [study.splits.test[number] for number in study.test.numbers]
    np.testing.assert_array_equal(study.labels.encode(texts), study.test.texts.labels)


def test_steps_are_whole_passes_in_an_order_of_the_seed(tiny_texts):
    study = TextStudy(tiny_texts(TRAIN, TEST, steps=3, batch_size=8))
    per_pass = -(-len(study.train) // 8)
    assert study.steps == -(-3 // per_pass) * per_pass
    first, again, other = (list(study.batches(seed)) for seed in (0, 0, 1))
    assert len(first) == study.steps
    labels = [np.concatenate([batch[1] for batch in batches]) for batches in (first, again, other)]
    np.testing.assert_array_equal(labels[0], labels[1])
    assert (labels[0] != labels[2]).any()


def test_the_linear_baseline_is_tested_on_whole_texts(study):
    points = study.baseline()["test"]
    assert {point["view"] for point in points} == {"whole"}
    assert [(p["above"], p["length"], p["texts"]) for p in points] == [
        (0, 6, 2), (6, 12, 1), (12, 24, 1), (24, 48, 1), (96, None, 1),
    ]  # fmt: skip
    assert [p["accuracy"] for p in points if p["length"] in (12, 48, None)] == [1.0, 1.0, 1.0]


def test_the_linear_baseline_reads_of_cut_texts_what_the_networks_read(tiny_texts, monkeypatch):
    study = TextStudy(tiny_texts([*TRAIN, *TEST], TEST, long_texts="cut"))
    read = []

    def predictions(train, test, *, seed):
        read.extend(example.text for example in train)
        return np.zeros(len(test), np.int64)

    monkeypatch.setattr("keras_pe.extrapolation.text_study.linear_predictions", predictions)
    study.baseline()
    assert len(read) == len(study.splits.train)
    again = study.tokenizer.encode(tf.constant(read), 100)
    assert again.flat_values.numpy().tolist() == study.train.first_tokens.ids.tolist()
    assert any(len(new) < len(old.text) for new, old in zip(read, study.splits.train, strict=True))


def test_windows_drawn_for_a_pass_are_what_is_trained_on(tiny_texts):
    config = tiny_texts([*TRAIN, *TEST], TEST, long_texts="random_window", steps=4, batch_size=16)
    study = TextStudy(config)
    batches = list(study.batches(seed=3))
    half = len(batches) // 2
    for number, of_pass in enumerate((batches[:half], batches[half:])):
        served = sorted(tuple(row[row > 0]) for ids, _ in of_pass for row in ids)
        texts = study.train.of_pass(3, number)
        assert served == sorted(map(tuple, np.split(texts.ids, texts.offsets[1:-1])))


def test_a_model_is_trained_and_seen_in_all_views(tiny_texts):
    study = TextStudy(tiny_texts(TRAIN, TEST[:4], steps=30))
    cell = Cell(Variant("none"), Variant("counted"), seed=0)
    config = study.cell_config(cell)
    assert (config.max_length, config.inference_length, config.num_classes) == (6, 13, 2)
    losses = []
    result = study.run(cell, losses.append)
    assert len(losses) == study.steps
    assert {point["view"] for point in result["test"]} == {"whole", "truncated", "windows", "cut"}
    assert table(result["test"], "whole")[12] == (1, 1.0)
    assert losses[-1] < 0.3
