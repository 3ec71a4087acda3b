"""The learning rate over the steps."""

import math

import keras
import pytest

from keras_pe.training.schedules import WarmupDecay


def rates(decay, steps):
    schedule = WarmupDecay(peak=0.2, steps=12, warmup_steps=4, decay=decay)
    return [float(schedule(step)) for step in steps]


@pytest.mark.parametrize("decay", ["cosine", "linear", "constant"])
def test_warmup_rises_linearly_from_the_first_step(decay):
    assert rates(decay, range(4)) == pytest.approx([0.05, 0.10, 0.15, 0.20])


@pytest.mark.parametrize(
    ("decay", "expected"),
    [
        ("cosine", [0.2, 0.1 * (1 + math.cos(math.pi / 4)), 0.1, 0.0, 0.0]),
        ("linear", [0.2, 0.15, 0.1, 0.0, 0.0]),
        ("constant", [0.2, 0.2, 0.2, 0.2, 0.2]),
    ],
)
def test_decay_ends_with_the_last_step_and_stays_there(decay, expected):
    assert rates(decay, [4, 6, 8, 12, 20]) == pytest.approx(expected, abs=1e-7)


def test_no_warmup_starts_at_the_peak():
    assert float(WarmupDecay(0.2, 12, 0, "linear")(0)) == pytest.approx(0.2)


def test_schedule_survives_serialisation():
    schedule = WarmupDecay(peak=0.3, steps=7, warmup_steps=2, decay="linear")
    config = keras.saving.serialize_keras_object(schedule)
    again = keras.saving.deserialize_keras_object(config)
    assert again.get_config() == schedule.get_config()
    assert float(again(5)) == float(schedule(5))


def test_warmup_as_long_as_the_run_is_refused():
    with pytest.raises(ValueError, match=r"below `steps`\. Received: warmup_steps=12, steps=12"):
        WarmupDecay(peak=0.2, steps=12, warmup_steps=12, decay="linear")


def test_unknown_decay_is_refused():
    with pytest.raises(ValueError, match="Unknown decay 'sine'. Choose one of: cosine, linear"):
        WarmupDecay(peak=0.2, steps=12, warmup_steps=2, decay="sine")
