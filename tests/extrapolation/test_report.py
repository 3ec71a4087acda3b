"""What a study says of itself."""

import types

import pytest

from keras_pe.config import ExtrapolationConfig
from keras_pe.extrapolation.report import markdown

TASK = types.SimpleNamespace(
    description="even_pairs: 2 classes, tested at 3 lengths from 41 to 81",
    chance_sentence="Chance level 50.0, one class of 2.",
    steps=2_000,
)


def run(position="none", source="counted", views=("whole",)):
    test = [
        {"view": view, "length": length, "texts": 8, "accuracy": 0.5}
        for view in views
        for length in (40, 80)
    ]
    names = {"position": position, "position_source": source, "seed": 0}
    return names | {"steps": 2_000, "test": test}


def config(**settings):
    return ExtrapolationConfig(dataset="even_pairs", model="lstm", **settings)


def test_the_protocol_says_what_a_reader_must_know():
    text = markdown([run()], TASK, config())
    assert text.startswith(
        "even_pairs: 2 classes, tested at 3 lengths from 41 to 81. Model lstm, 2,000 steps of 64.\n"
    )
    for said in (
        "mean ± standard deviation over seeds",
        "Chance level 50.0, one class of 2.",
        "Dropout is off at test",
        "positions at test: counted = 0, 1, 2, ....",
        "no seed, step or learning rate is chosen",
        "| `none` | `counted` | 50.0 | 50.0 | 50.0 | 1 |",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("source", "settings", "said"),
    [
        ("randomized", {}, "randomized = evenly spaced over 0 to 2,047"),
        ("randomized:max_position=99", {}, "max_position=99 = evenly spaced over 0 to 98"),
        ("randomized:inference_positions=random", {}, "= drawn at random from 0 to 2,047"),
        ("randomized:inference_positions=identity", {}, "inference_positions=identity = 0, 1, 2"),
        ("randomized", {"inference_positions": "identity"}, "randomized = 0, 1, 2, ..."),
        ("shifted", {}, "shifted = 0, 1, 2, ..."),
        ("augmented", {}, "augmented = counted from the middle of the text, without draws"),
        ("interpolated", {}, "interpolated = squeezed into the training length"),
    ],
)
def test_positions_at_test_are_those_of_the_settings(source, settings, said):
    text = markdown([run(), run("sinusoidal", source)], TASK, config(**settings))
    assert f"positions at test: counted = 0, 1, 2, ...; {source} = " in text
    assert said in text


def test_a_baseline_has_no_positions():
    baseline = run("n-grams + linear SVM", "none")
    del baseline["steps"]
    text = markdown([baseline, run()], TASK, config())
    assert "positions at test: counted = 0, 1, 2, ...." in text
    assert "| `n-grams + linear SVM` | `none` |" in text


def test_each_view_of_labelled_texts_has_a_table():
    views = ("whole", "truncated", "windows", "cut")
    text = markdown([run(views=views)], TASK, config())
    for title in (
        "Whole texts, by length:",
        "The same texts cut to the training length:",
        "The same texts in windows of the training length, probabilities averaged:",
        "All texts beyond the training length, cut to:",
    ):
        assert f"\n{title}\n\n| encoding | positions |" in text
    assert "Whole texts, by length:" not in markdown([run()], TASK, config())
