"""Lengths, scripts, typical words, charts: each by hand."""

import re

import numpy as np
import pytest

from keras_pe.data.example import Example
from keras_pe.inspection.charts import length_chart
from keras_pe.inspection.lengths import cut_shares, length_facts, length_histogram
from keras_pe.inspection.scripts import guessed_language, script_shares
from keras_pe.inspection.typical_words import typical_words


def test_percentiles_are_lengths_that_some_text_has():
    assert length_facts([1, 2, 100])["50 %"] == 2
    assert length_facts([1, 100])["50 %"] == 100
    assert length_facts([7])["longest"] == 7


def test_a_text_of_exactly_the_limit_is_not_cut():
    assert cut_shares([128, 129], limits=[128]) == {"128": 0.5}


def test_a_histogram_loses_no_text():
    lengths = np.r_[np.arange(1, 2000), 50_000]
    histogram = length_histogram(lengths)
    assert sum(histogram["counts"]) + histogram["beyond"] == 2000
    assert len(histogram["counts"]) <= 41
    assert histogram["beyond"] >= 1


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["good film", "café"], "English or another language in Latin script"),
        (
            ["这部电影很好看", "NBA"],
            "Chinese, mixed with English or another language in Latin script",
        ),
        (["この映画はとても良い"], "Japanese"),
        (["좋은 영화"], "Korean"),
        (["хороший фильм"], "Russian or another language in Cyrillic script"),
        (["123 !?"], "no letters"),
        (["ქართული"], "Georgian"),
    ],
)
def test_the_language_is_guessed_from_the_letters(texts, language):
    assert guessed_language(script_shares(texts)) == language


def rows(**texts):
    return [Example(text, label, "f", 1) for label, each in texts.items() for text in each]


def test_a_word_counts_once_per_text():
    found = typical_words(rows(a=["spam " * 50] + ["x y"] * 20, b=["x y"] * 20))
    assert "spam" not in found["a"]


def test_chinese_gives_pairs_of_characters():
    found = typical_words(rows(sport=["他们赢了比赛，好"] * 9, food=["他们吃了米饭，好"] * 9))
    assert "比赛" in found["sport"]
    assert "米饭" in found["food"]
    assert "他们" not in found["food"]


def test_words_that_lean_nowhere_are_left_out():
    assert typical_words(rows(a=["the same"] * 9, b=["the same"] * 9)) == {"a": [], "b": []}
    assert typical_words(rows(a=[""], b=["1 2 3"])) == {"a": [], "b": []}


def test_rows_without_a_label_say_nothing():
    assert typical_words([Example("words", None, "f", 1)] * 5) == {}


def test_a_chart_keeps_inside_its_frame_and_marks_the_limits_within():
    chart = length_chart(length_histogram(list(range(300))), {"64": 0.78, "512": 0.0})
    assert "64: 78.0% cut" in chart
    assert "512" not in chart
    places = [float(x) for x in re.findall(r' x="([-0-9.]+)"', chart)]
    assert min(places) >= 0
    assert max(places) <= 720


def test_one_length_alone_can_be_drawn():
    assert "<rect" in length_chart(length_histogram([0]), {"64": 0.0})
    assert "<rect" in length_chart(length_histogram([3, 3]), {"64": 0.0})
