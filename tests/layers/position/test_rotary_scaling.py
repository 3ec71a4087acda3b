"""Frequencies of every rotary scaling, by hand."""

from math import log, pi, sqrt

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    DynamicNTKScaling,
    LinearScaling,
    Llama3Scaling,
    LongRoPEScaling,
    NTKScaling,
    ProportionalScaling,
    RotaryScaling,
    YaRNScaling,
)

BASE = 10_000.0
# Of 8 features: 10_000 ** (-2k / 8).
PLAIN = [1.0, 0.1, 0.01, 0.001]


def frequencies(scaling, dim=8, base=BASE, length=None, head_dim=None):
    length = None if length is None else ops.array(length, "float32")
    found, _ = scaling.inverse_frequencies(dim, base, length, head_dim)
    return ops.convert_to_numpy(found)


def attention_factor(scaling, length=1.0):
    return scaling.inverse_frequencies(8, BASE, ops.array([[length]]))[1]


def test_the_base_class_leaves_the_frequencies_of_the_paper():
    np.testing.assert_allclose(frequencies(RotaryScaling()), PLAIN, rtol=1e-6)


def test_linear_divides_all_frequencies():
    found = frequencies(LinearScaling(4.0))
    np.testing.assert_allclose(found, np.array(PLAIN) / 4, rtol=1e-6)


def test_ntk_keeps_the_first_frequency_and_divides_the_last_by_the_factor():
    # The base becomes 10_000 * 8 ** (8 / 6), so pair k is divided by 8 ** (2k / 6).
    found = frequencies(NTKScaling(8.0))
    np.testing.assert_allclose(found, [1.0, 0.1 / 2, 0.01 / 4, 0.001 / 8], rtol=1e-6)


def test_dynamic_ntk_changes_nothing_up_to_the_trained_length():
    found = frequencies(DynamicNTKScaling(3.7, 64), length=[[1.0], [63.0], [64.0]])
    np.testing.assert_array_equal(found, np.broadcast_to(frequencies(RotaryScaling()), (3, 1, 4)))


def test_dynamic_ntk_stretches_each_text_by_its_own_length():
    # 2 * 128 / 64 - 1 = 3 and 2 * 288 / 64 - 1 = 8, to the power of 8 / 6 on the base.
    found = frequencies(DynamicNTKScaling(2.0, 64), length=[[128.0], [288.0]])
    expected = [[[p / s ** (k / 3) for k, p in enumerate(PLAIN)]] for s in (3, 8)]
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    np.testing.assert_allclose(found[1, 0], [1.0, 0.1 / 2, 0.01 / 4, 0.001 / 8], rtol=1e-6)


def test_dynamic_ntk_at_one_length_is_ntk_with_that_stretch():
    dynamic = frequencies(DynamicNTKScaling(2.0, 64), dim=64, length=[[160.0]])
    np.testing.assert_allclose(dynamic[0, 0], frequencies(NTKScaling(4.0), dim=64), rtol=1e-6)


def test_dynamic_ntk_scales_back_when_a_shorter_text_follows():
    scaling = DynamicNTKScaling(2.0, 64)
    before = frequencies(scaling, length=[[64.0]])
    frequencies(scaling, length=[[640.0]])
    np.testing.assert_array_equal(frequencies(scaling, length=[[64.0]]), before)


def test_yarn_keeps_fast_pairs_and_interpolates_slow_ones():
    # With N = 20 pi and base 10: the pair that turns r times is 8 ln(10 / r) / (2 ln 10). Its ends
    # are 4 (1 - log10(5)) = 1.2, down to 1, and 4 (1 - log10(2)) = 2.8, up to 3.
    plain = 10.0 ** (-np.arange(4) / 4)
    found = frequencies(YaRNScaling(4.0, 20 * pi, beta_fast=5, beta_slow=2), base=10.0)
    # The ramp is 0, 0, 1/2, 1.
    expected = plain * [1, 1, 1 / 8 + 1 / 2, 1 / 4]
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_yarns_ramp_may_end_beyond_the_last_pair():
    # The pair that turns once would be number 4 of 0 to 3: the ramp is 0, 0, 1/3, 2/3.
    ramp = np.array([0, 0, 1 / 3, 2 / 3])
    found = frequencies(YaRNScaling(4.0, 20 * pi, beta_fast=5), base=10.0)
    np.testing.assert_allclose(found, 10.0 ** (-np.arange(4) / 4) * (1 - 3 / 4 * ramp), rtol=1e-6)


def test_yarn_does_not_round_the_ends_of_its_ramp_unless_asked_to():
    low, high = 4 * (1 - log(5, 10)), 4 * (1 - log(2, 10))
    ramp = np.clip((np.arange(4) - low) / (high - low), 0, 1)
    expected = 10.0 ** (-np.arange(4) / 4) * (ramp / 4 + 1 - ramp)
    scaling = YaRNScaling(4.0, 20 * pi, beta_fast=5, beta_slow=2, truncate=False)
    np.testing.assert_allclose(frequencies(scaling, base=10.0), expected, rtol=1e-6)


def test_yarn_with_a_short_trained_length_interpolates_all_but_the_first_pair():
    # Even the fastest pair turns less than once in 4 tokens: the ramp is a step after pair 0.
    found = frequencies(YaRNScaling(4.0, 4))
    np.testing.assert_allclose(found, np.array(PLAIN) / [1, 4, 4, 4], rtol=1e-6)


def test_yarn_sharpens_attention():
    assert attention_factor(YaRNScaling(4.0, 64)) == pytest.approx(0.1 * log(4) + 1)
    assert attention_factor(YaRNScaling(4.0, 64, attention_factor=1.5)) == 1.5
    assert attention_factor(YaRNScaling(1.0, 64)) == 1.0


@pytest.mark.parametrize(("length", "divisors"), [(64, [1, 2, 3, 4]), (65, [5, 6, 7, 8])])
def test_longrope_divides_by_the_list_for_the_length(length, divisors):
    scaling = LongRoPEScaling([1, 2, 3, 4], [5, 6, 7, 8], 64, factor=4.0)
    found = frequencies(scaling, length=[[length]])
    np.testing.assert_allclose(found, [[np.array(PLAIN) / divisors]], rtol=1e-6)


def test_longrope_sharpens_attention_at_every_length():
    scaling = LongRoPEScaling([1, 1, 1, 1], [2, 2, 2, 2], 64, factor=8.0)
    # ln 8 / ln 64 = 1 / 2.
    assert attention_factor(scaling, 1.0) == pytest.approx(sqrt(1.5))
    assert attention_factor(scaling, 99.0) == pytest.approx(sqrt(1.5))
    given = LongRoPEScaling([1, 1, 1, 1], [2, 2, 2, 2], 64, attention_factor=1.25)
    assert attention_factor(given) == 1.25


def test_llama3_divides_by_how_many_waves_fit_in_the_trained_length():
    # With N = 50 pi, 25 waves of the first pair, 2.5 of the second, 0.25 and 0.025 of the others.
    found = frequencies(Llama3Scaling(8.0, 50 * pi))
    # Half of the second is kept, since 2.5 lies in the middle of 1 and 4.
    expected = [1.0, 0.1 * (0.5 / 8 + 0.5), 0.01 / 8, 0.001 / 8]
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_llama3_limits_may_be_moved():
    scaling = Llama3Scaling(8.0, 50 * pi, low_frequency_factor=0.125, high_frequency_factor=0.375)
    expected = [1.0, 0.1, 0.01 * (0.5 / 8 + 0.5), 0.001 / 8]
    np.testing.assert_allclose(frequencies(scaling), expected, rtol=1e-6)


def test_proportional_does_not_turn_the_slowest_pairs():
    found = frequencies(ProportionalScaling(0.75, factor=2.0))
    np.testing.assert_allclose(found, [0.5, 0.05, 0.005, 0.0], rtol=1e-6)


def test_proportional_counts_on_all_features_of_a_head():
    # 8 of 16 features are turned: 10_000 ** (-2k / 16) for the first half of 4 pairs.
    found = frequencies(ProportionalScaling(0.5), head_dim=16)
    np.testing.assert_allclose(found, [1.0, sqrt(0.1), 0.0, 0.0], rtol=1e-6)


def test_only_dynamic_ntk_and_longrope_depend_on_the_length():
    lists = [1.0], [2.0], 64
    assert DynamicNTKScaling(2.0, 64).depends_on_length
    assert LongRoPEScaling(*lists, factor=4.0).depends_on_length
    others = (
        RotaryScaling(),
        LinearScaling(2.0),
        NTKScaling(2.0),
        YaRNScaling(2.0, 64),
        Llama3Scaling(2.0, 64),
        ProportionalScaling(),
    )
    assert not any(scaling.depends_on_length for scaling in others)


@pytest.mark.parametrize("dim", [2, 64])
def test_frequencies_are_rounded_once(dim):
    found = frequencies(LinearScaling(3.0), dim=dim)
    assert found.dtype == "float32"
    exact = BASE ** (-np.arange(0, dim, 2, dtype="float64") / dim) / 3.0
    np.testing.assert_array_equal(found, exact.astype("float32"))


CONFIGS = [
    (RotaryScaling, {}),
    (LinearScaling, {"factor": 2.0}),
    (NTKScaling, {"factor": 2.0}),
    (DynamicNTKScaling, {"factor": 2.0, "original_length": 64}),
    (
        YaRNScaling,
        {
            "factor": 2.0,
            "original_length": 64,
            "beta_fast": 16.0,
            "beta_slow": 2.0,
            "attention_factor": 1.5,
            "truncate": False,
        },
    ),
    (
        LongRoPEScaling,
        {
            "short_factor": [1.0],
            "long_factor": [2.0],
            "original_length": 64,
            "factor": None,
            "attention_factor": 1.5,
        },
    ),
    (
        Llama3Scaling,
        {
            "factor": 2.0,
            "original_length": 64,
            "low_frequency_factor": 2.0,
            "high_frequency_factor": 5.0,
        },
    ),
    (ProportionalScaling, {"fraction": 0.5, "factor": 2.0}),
]


@pytest.mark.parametrize(("kind", "config"), CONFIGS, ids=[k.__name__ for k, _ in CONFIGS])
def test_every_setting_survives_serialisation(kind, config):
    serialized = keras.saving.serialize_keras_object(kind(**config))
    again = keras.saving.deserialize_keras_object(serialized)
    assert type(again) is kind
    assert again.get_config() == config
    assert keras.saving.get_registered_name(kind) == f"keras_pe>{kind.__name__}"
