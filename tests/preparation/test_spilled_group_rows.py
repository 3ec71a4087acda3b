"""Counts of groups on disk are those in memory, a range of hashes at a time."""

import numpy as np

from keras_pe.data.group_choice import GroupChoice
from keras_pe.data.group_rows import GroupRows
from keras_pe.data.splits import DRAWS
from keras_pe.preparation.spilled_group_rows import SpilledGroupRows


def test_groups_are_chosen_alike_a_range_of_them_at_a_time(tmp_path):
    draw = np.random.default_rng(0)
    groups = draw.integers(0, DRAWS, 300).astype(np.uint64)
    for seed in range(4):
        own, strata = draw.choice(groups, 2_000), draw.zipf(1.5, 2_000).clip(max=40) - 1
        whole = GroupRows(own, strata, np.ones(2_000), num_strata=40)
        buckets = zip(np.array_split(own, 7), np.array_split(strata, 7), strict=True)
        slices = SpilledGroupRows(buckets, tmp_path / f"{seed}", num_strata=40)
        assert sum(len(each.groups) > 0 for each in slices) == 7
        expected = GroupChoice([whole], fraction=0.1)
        found = GroupChoice(slices, fraction=0.1)
        assert len(expected.held_out) > 10
        np.testing.assert_array_equal(found.held_out, expected.held_out)
        np.testing.assert_array_equal(found.rows, expected.rows)
