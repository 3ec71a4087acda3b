"""Names with settings of their own."""

import dataclasses

import pytest

from keras_pe.config import ModelConfig, RunConfig, Variant


def test_a_name_alone():
    assert Variant.parse(" alibi ") == Variant("alibi")


def test_settings_keep_their_order_and_are_written_back():
    text = "rotary:rotary_scaling=ntk:rotary_factor=8"
    variant = Variant.parse(text)
    assert variant.settings == (("rotary_scaling", "ntk"), ("rotary_factor", "8"))
    assert str(variant) == text


def test_a_list_by_comma():
    names = [str(variant) for variant in Variant.parse_list("none, fire:max_length=9,alibi")]
    assert names == ["none", "fire:max_length=9", "alibi"]


@pytest.mark.parametrize(
    "text", ["", " ", ":a=1", "rotary:", "rotary:ntk", "rotary:=1", "rotary:a="]
)
def test_what_is_not_written_so_is_refused(text):
    with pytest.raises(
        ValueError, match="must be a name, then `:setting=value` as often as wanted"
    ):
        Variant.parse(text)


def test_a_trailing_comma_is_refused():
    with pytest.raises(ValueError, match="must be a name.* Received: ''"):
        Variant.parse_list("none,")


def test_a_variant_that_stands_there_twice_is_refused():
    with pytest.raises(ValueError, match="must stand there once. Received twice: 'none'"):
        Variant.parse_list("none,alibi, none")


def test_a_setting_that_stands_there_twice_is_refused():
    with pytest.raises(ValueError, match="A setting must stand there once. Received: `a` in"):
        Variant.parse("rotary:a=1:a=2")


@pytest.mark.parametrize(
    ("setting", "value", "typed"),
    [
        ("num_heads", "8", 8),
        ("rotary_factor", "8", 8.0),
        ("max_distance", "12", 12),
        ("rotary_scaling", "yarn", "yarn"),
        ("share_position", "false", False),
        ("bidirectional", "true", True),
        ("learning_rate", "1e-2", 0.01),
    ],
)
def test_values_take_the_type_of_their_setting(setting, value, typed):
    config = Variant("rotary", ((setting, value),)).applied_to(RunConfig(), "position")
    found = getattr(config, setting)
    assert found == typed
    assert type(found) is type(typed)
    assert config == dataclasses.replace(RunConfig(position="rotary"), **{setting: typed})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rotary:warp=9", "rotary:warp=9: there is no setting `warp`. See --help for all."),
        (
            "rotary:num_heads=many",
            "`num_heads` must be a value of type int. Received: num_heads=many",
        ),
        (
            "rotary:num_heads=2.5",
            "`num_heads` must be a value of type int. Received: num_heads=2.5",
        ),
        ("rotary:rotary_factor=x", "`rotary_factor` must be a value of type float."),
        ("rotary:share_position=yes", "`share_position` must be true or false. Received"),
        ("rotary:rotary_scaling=nkt", "`rotary_scaling` must be one of: linear, ntk"),
        ("rotary:rotary_factor=1", "`rotary_factor` must be above 1.0."),
        ("rotary:position=alibi", "`position` must be .rotary. alone. Received: .alibi."),
        ("rotory", "`position` must be one of: none, sinusoidal"),
    ],
)
def test_each_fault_is_named(text, said):
    with pytest.raises(ValueError, match=said):
        Variant.parse(text).applied_to(ModelConfig(), "position")
