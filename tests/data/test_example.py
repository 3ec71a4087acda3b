import dataclasses

import pytest

from keras_pe.data.example import Example


def test_place_names_the_source_and_the_row():
    assert Example("Rain.", "wet", "a/train.csv", 7).place == "a/train.csv:7"


def test_examples_are_values_that_nobody_can_change():
    example = Example(text="Rain.", label=None, source="train.csv", row=2)
    assert example == Example("Rain.", None, "train.csv", 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        example.label = "wet"
