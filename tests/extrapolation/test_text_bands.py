"""Long texts by how many times longer they are."""

import numpy as np

from keras_pe.extrapolation.text_bands import bands, sampled


def shown(lengths, train_length):
    return [(low, high, found.tolist()) for low, high, found in bands(lengths, train_length)]


def test_edges_belong_to_the_band_below():
    lengths = np.array([10, 11, 20, 21, 40, 80, 160, 161])
    assert shown(lengths, 10) == [
        (0, 10, [0]),
        (10, 20, [1, 2]),
        (20, 40, [3, 4]),
        (40, 80, [5]),
        (80, 160, [6]),
        (160, None, [7]),
    ]


def test_bands_without_a_text_are_left_out():
    assert shown(np.array([100, 5]), 10) == [(0, 10, [1]), (80, 160, [0])]


def test_every_text_is_in_one_band():
    lengths = np.random.default_rng(0).integers(1, 999, 300)
    numbers = np.concatenate([found for _, _, found in bands(lengths, 12)])
    assert sorted(numbers) == list(range(300))


def test_few_texts_are_all_taken():
    assert sampled(np.array([3, 5, 9]), 3, seed=0).tolist() == [3, 5, 9]


def test_of_many_the_same_ones_are_drawn_each_time_in_order():
    first, again, other = (sampled(np.arange(100), 10, seed) for seed in (0, 0, 1))
    assert first.tolist() == again.tolist() == sorted(set(first.tolist()))
    assert len(first) == 10
    assert first.tolist() != other.tolist()
