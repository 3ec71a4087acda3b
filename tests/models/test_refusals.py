"""What cannot work, or would have no effect, is refused in one sentence."""

import dataclasses
import types

import pytest

from keras_pe.config import ModelConfig
from keras_pe.models import POSITIONS, build_classifier, resolve_defaults
from keras_pe.models.lookup import look_up

INSIDE = [name for name in POSITIONS if POSITIONS[name](ModelConfig()).acts_in_attention]


def test_the_number_of_classes_must_be_known():
    said = "`num_classes` must be set to build a model. Received: num_classes=None"
    with pytest.raises(ValueError, match=said):
        build_classifier(ModelConfig())


@pytest.mark.parametrize("position", INSIDE)
def test_an_lstm_refuses_encodings_of_attention_by_name(position, tiny):
    said = f"position='{position}' acts inside attention, which model='lstm' does not have. Choose"
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny(position, "lstm"))


def test_an_lstm_refuses_to_look_at_its_first_state_alone(tiny):
    said = "pooling='cls' takes the state at the first token, where an LSTM has read no other. "
    with pytest.raises(ValueError, match=said + "Choose one of: last, mean, attention, max"):
        build_classifier(tiny("none", "lstm", pooling="cls"))


def test_a_transformer_has_no_last_state(tiny):
    said = "pooling='last' reads the last state of an LSTM, which model='transformer' does not have"
    with pytest.raises(ValueError, match=said + ". Choose one of: mean, cls, attention, max"):
        build_classifier(tiny("none", "transformer", pooling="last"))


def test_heads_that_do_not_divide_the_width_are_refused(tiny):
    said = "`num_heads` must divide the features of the input. Received: num_heads=3, features=8"
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny("sinusoidal", "transformer", num_heads=3))


def test_an_odd_width_per_head_cannot_be_rotated(tiny):
    said = "Features per head must be even to be turned in pairs. Received: 3 features per head"
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny("rotary", "transformer", hidden_dim=6))


@pytest.mark.parametrize(
    ("position", "model", "setting", "value"),
    [
        ("none", "lstm", "num_heads", 8),
        ("none", "lstm", "num_layers", 3),
        ("none", "lstm", "intermediate_dim", 9),
        ("none", "transformer", "lstm_units", 9),
        ("none", "transformer", "dense_dim", 9),
        ("none", "transformer", "bidirectional", True),
        ("none", "transformer", "max_wavelength", 77.0),
        ("learned", "transformer", "max_wavelength", 77.0),
        ("alibi", "transformer", "max_wavelength", 77.0),
        ("sinusoidal", "lstm", "extrapolation", "clip"),
        ("rotary", "transformer", "extrapolation", "clip"),
        ("rotary", "transformer", "direction", "causal"),
        ("rotary", "transformer", "rotary_factor", 8.0),
        ("sinusoidal", "transformer", "rotary_scaling", "yarn"),
        ("sinusoidal", "transformer", "rotary_fraction", 0.5),
        ("t5", "transformer", "direction", "causal"),
        ("alibi", "transformer", "max_distance", 9),
        ("sinusoidal", "lstm", "log_n_scaling", 8.0),
        ("sinusoidal", "lstm", "share_position", False),
        ("sinusoidal", "lstm", "attention_window", 8),
    ],
)
def test_a_setting_without_effect_is_refused(position, model, setting, value, tiny):
    said = (
        f"`{setting}` has no effect with model='{model}', position='{position}', "
        "position_source='counted', truncation='head', problem_type='single_label'. "
        f"Received: {setting}={value!r}. Leave it "
    )
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny(position, model, **{setting: value}))


def test_a_setting_without_effect_may_be_given_its_default(tiny):
    model = build_classifier(tiny("none", "lstm", num_heads=4, max_wavelength=10_000.0))
    assert model.count_params() == build_classifier(tiny("none", "lstm")).count_params()


def test_max_length_may_be_set_for_every_encoding(case, tiny):
    assert build_classifier(tiny(*case, max_length=99)).output_shape == (None, 3)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("model", "Unknown model 'nope'. Choose one of: lstm, transformer"),
        ("position", "Unknown position 'nope'. Choose one of: none, sinusoidal, learned, "),
        ("pooling", "Unknown pooling 'nope'. Choose one of: mean, cls, attention, max"),
    ],
)
def test_an_unknown_name_is_refused_with_those_that_there_are(setting, said):
    # `ModelConfig` refuses them itself; a config of somebody's own may not.
    fields = [(field.name, object, field.default) for field in dataclasses.fields(ModelConfig)]
    unchecked = dataclasses.make_dataclass("Unchecked", fields)
    with pytest.raises(ValueError, match=said):
        build_classifier(unchecked(num_classes=2, **{setting: "nope"}))


def test_look_up_finds_what_there_is():
    table = types.MappingProxyType({"a": 1, "b": None})
    assert look_up(table, "letter", "b") is None
    with pytest.raises(ValueError, match="Unknown letter 'c'. Choose one of: a, b"):
        look_up(table, "letter", "c")


@pytest.mark.parametrize(
    ("model", "expected"),
    [("lstm", (64, 0.2, 0.0, "last")), ("transformer", (128, 0.1, 0.2, "mean"))],
)
def test_defaults_depend_on_the_model(model, expected):
    config = resolve_defaults(ModelConfig(model=model))
    found = config.hidden_dim, config.dropout, config.word_dropout, config.pooling
    assert found == expected


def test_defaults_do_not_overrule_what_was_said():
    given = ModelConfig(model="lstm", hidden_dim=5, dropout=0.0, word_dropout=0.5, pooling="max")
    assert resolve_defaults(given) == given


@pytest.mark.parametrize(
    ("scaling", "length", "factor"),
    [
        ("linear", None, 8.0),
        ("ntk", None, 8.0),
        ("dynamic_ntk", 16, 8.0),
        ("yarn", 16, 8.0),
        ("llama3", 16, 8.0),
    ],
)
def test_rotary_settings_reach_the_scaling(scaling, length, factor, tiny):
    settings = {"rotary_scaling": scaling, "rotary_factor": factor, "rotary_fraction": 0.5}
    model = build_classifier(tiny("rotary", "transformer", num_heads=1, **settings))
    rotary = model.get_layer("encoder").position
    found = rotary.scaling, rotary.original_length, rotary.scaling_factor, rotary.rotary_fraction
    assert found == (scaling, length, factor, 0.5)


def test_proportional_scaling_has_no_factor(tiny):
    with pytest.raises(ValueError, match="`rotary_factor` has no effect with model='transformer'"):
        build_classifier(
            tiny(
                "rotary",
                "transformer",
                num_heads=1,
                rotary_scaling="proportional",
                rotary_factor=8.0,
            )
        )


@pytest.mark.parametrize("position", ["alibi", "kerple", "sandwich", "xpos"])
def test_the_direction_reaches_every_bias_of_distances(position, tiny):
    model = build_classifier(tiny(position, "transformer", direction="causal"))
    assert model.get_layer("encoder").position.direction == "causal"


@pytest.mark.parametrize("position", ["t5", "shaw", "disentangled"])
def test_the_largest_distance_reaches_every_table_of_distances(position, tiny):
    model = build_classifier(tiny(position, "transformer", max_distance=300))
    assert model.get_layer("encoder").position.max_distance == 300


def test_encoder_settings_reach_the_encoder(tiny):
    settings = {"log_n_scaling": 64.0, "share_position": False, "attention_window": 9}
    encoder = build_classifier(tiny("t5", "transformer", **settings)).get_layer("encoder")
    assert encoder.get_config()["log_n_scaling"] == 64.0
    assert encoder.share_position is False
    assert encoder.get_config()["attention_window"] == 9


@pytest.mark.parametrize(("max_length", "size"), [(512, None), (513, 512)])
def test_long_texts_attend_in_chunks_of_queries(max_length, size, tiny):
    model = build_classifier(tiny("none", "transformer", max_length=max_length))
    assert model.get_layer("encoder").get_config()["query_chunk_size"] == size


def test_a_window_does_not_go_with_frequencies_of_the_length(tiny):
    said = (
        "`attention_window` must be None with an encoding that reads how long a text is. "
        "Received: attention_window=9, position=RotaryPositionEncoding"
    )
    settings = {"rotary_scaling": "dynamic_ntk", "attention_window": 9}
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny("rotary", "transformer", **settings))


@pytest.mark.parametrize("position", ["sinusoidal", "none"])
def test_blocks_cannot_own_an_encoding_outside_of_them(position, tiny):
    said = "`share_position` must be True where the encoding does not act inside attention"
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny(position, "transformer", share_position=False))
