"""Where positions come from, by name: what each gives, and what is refused."""

import numpy as np
import pytest
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.models import ENCODERS, POSITION_SOURCES, POSITIONS, build_classifier
from keras_pe.models.position_sources import build_position_source, highest_positions

ROWS = np.array([[3, 14, 7, 9, 3, 5], [4, 4, 8, 2, 0, 0]])


def built(position):
    return POSITIONS[position](ModelConfig())


def takes(source, position, model):
    encoding = built(position)
    if encoding.acts_in_attention and model == "lstm":
        return False
    if source == "counted":
        return True
    if source == "shifted" and encoding.reads_distances_only:
        return False
    return encoding.reads_positions and (source, position) != ("augmented", "learned")


COMBINATIONS = [(s, p, m) for s in POSITION_SOURCES for p in POSITIONS for m in ENCODERS]
# Counted positions are those of all other contract tests.
TAKEN = ["-".join(c) for c in COMBINATIONS if takes(*c) and c[0] != "counted"]
REFUSED = [(s, p) for s, p, m in COMBINATIONS if m == "transformer" and not takes(s, p, m)]


@pytest.mark.parametrize("combination", TAKEN)
def test_every_source_serves_every_encoding_that_reads_positions(
    combination, tiny, compiled_on_jax, run_eagerly
):
    source, position, model = combination.split("-")
    settings = {"position_source": source, "word_dropout": 0.0}
    classifier = build_classifier(tiny(position, model, **settings))
    classify = compiled_on_jax(lambda rows: classifier(rows, training=False))
    answers = ops.convert_to_numpy(classify(ROWS))
    assert np.isfinite(answers).all()
    alone = ops.convert_to_numpy(classify(ROWS[1:, :4]))
    np.testing.assert_allclose(answers[1:], alone, rtol=0, atol=1e-5)
    classifier.compile("sgd", "sparse_categorical_crossentropy", run_eagerly=run_eagerly)
    assert np.isfinite(classifier.train_on_batch(ROWS, np.array([0, 2])))


@pytest.mark.parametrize(("source", "position"), REFUSED, ids="-".join)
def test_a_source_without_effect_or_without_vectors_is_refused(source, position, tiny):
    with pytest.raises(ValueError, match=f"position_source='{source}' .*position='{position}'"):
        build_classifier(tiny(position, "transformer", position_source=source))


def test_a_source_moves_what_an_absolute_encoding_sees(tiny, perturb):
    settings = {"position_source": "randomized", "inference_positions": "evenly_spaced"}
    model = perturb(build_classifier(tiny("sinusoidal", "lstm", **settings)))
    plain = build_classifier(tiny("sinusoidal", "lstm"))
    plain.set_weights([w for w in model.get_weights() if w.dtype.kind == "f"])
    difference = ops.convert_to_numpy(model(ROWS)) - ops.convert_to_numpy(plain(ROWS))
    assert np.abs(difference).max() > 1e-3


def test_more_positions_than_a_text_has_tokens_are_needed_to_draw_from(tiny):
    said = "at least the length of the longest text, to draw from. Received: max_position=8, 16"
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny("sinusoidal", "lstm", position_source="randomized", max_position=8))


@pytest.mark.parametrize(
    ("source", "expected"), [("counted", 10), ("randomized", 99), ("shifted", 17)]
)
def test_a_table_has_a_row_for_every_position_that_the_source_gives(source, expected):
    config = ModelConfig(position_source=source, max_length=10, max_position=99, max_shift=7)
    assert highest_positions(config) == expected
    config = ModelConfig(
        position="learned", position_source=source, max_length=10, max_position=99, max_shift=7
    )
    assert POSITIONS["learned"](config).max_length == expected


@pytest.mark.parametrize(
    ("source", "setting", "value"),
    [
        ("counted", "max_shift", 7),
        ("counted", "max_position", 99),
        ("shifted", "max_position", 99),
        ("randomized", "max_shift", 7),
        ("interpolated", "inference_positions", "random"),
    ],
)
def test_a_setting_of_another_source_is_refused(source, setting, value, tiny):
    with pytest.raises(ValueError, match=f"`{setting}` has no effect with .*{setting}="):
        build_classifier(tiny("sinusoidal", "lstm", position_source=source, **{setting: value}))


def test_the_settings_reach_their_source():
    config = ModelConfig(max_shift=7, max_position=999, max_length=50, inference_positions="random")
    found = {
        name: build_position_source(
            ModelConfig(**{**vars(config), "position_source": name}), built("sinusoidal")
        )
        for name in POSITION_SOURCES
    }
    assert found["randomized"].max_position == 999
    assert found["randomized"].inference == "random"
    assert found["shifted"].max_shift == 7
    assert found["augmented"].max_global_shift == 7
    assert found["interpolated"].max_length == 50


def test_an_unknown_source_is_refused_with_those_that_there_are():
    config = type("Config", (), {"position_source": "nope"})
    said = "Unknown position source 'nope'. Choose one of: counted, randomized, shifted, augmented"
    with pytest.raises(ValueError, match=said):
        build_position_source(config, built("none"))
