import os
import subprocess
import sys

import pytest

from keras_pe.data.example import Example
from keras_pe.data.splits import group_split


def of_sources(count, each=3):
    return [Example("", "a", f"module_{i % count}.py", i) for i in range(count * each)]


def test_no_source_stands_in_two_parts():
    parts = group_split(of_sources(300), seed=0)
    sources = [{example.source for example in part} for part in parts]
    assert sum(map(len, sources)) == len(set.union(*sources)) == 300


def test_parts_have_about_the_asked_share_of_the_sources():
    train, validation, test = group_split(of_sources(2000, each=1), seed=0)
    # Four standard deviations: sqrt(2000 * 0.8 * 0.2) = 17.9, sqrt(2000 * 0.1 * 0.9) = 13.4.
    assert len(train) == pytest.approx(1600, abs=72)
    assert len(validation) == pytest.approx(200, abs=54)
    assert len(test) == pytest.approx(200, abs=54)


def test_the_parts_of_a_group_split_keep_the_order_and_lose_nothing():
    examples = of_sources(100)
    parts = group_split(iter(examples), fractions=(0.5, 0.5), seed=0)
    assert len(parts) == 2
    assert all(part == sorted(part, key=lambda example: example.row) for part in parts)
    assert sorted(sum(parts, []), key=lambda example: example.row) == examples


def test_a_source_stays_in_its_part_when_others_leave():
    examples = of_sources(200)
    train, validation, test = group_split(examples, seed=4)
    fewer = [example for example in examples if example.source.endswith(("1.py", "2.py"))]
    for part, smaller in zip((train, validation, test), group_split(fewer, seed=4), strict=True):
        assert smaller == [example for example in part if example in fewer]


def test_the_seed_decides_where_a_source_goes():
    examples = of_sources(100)
    assert group_split(examples, seed=1) == group_split(examples, seed=1)
    assert group_split(examples, seed=1) != group_split(examples, seed=2)


def test_splits_do_not_depend_on_the_hash_seed_of_the_process():
    script = (
        "from keras_pe.data.example import Example\n"
        "from keras_pe.data.splits import group_split\n"
        "from keras_pe.data.stratified_split import stratified_split\n"
        "e = [Example(f'{i}', 'ab'[i % 2], f'{i % 50}.py', i) for i in range(100)]\n"
        "parts = *stratified_split(e, fraction=0.2, seed=0), *group_split(e, seed=0)\n"
        "print([[x.row for x in part] for part in parts])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"[") == 6


@pytest.mark.parametrize(
    "fractions",
    [(0.8, 0.1), (0.8, 0.3, -0.1), (1.0, 0.0), (float("nan"), 0.5), ()],
    ids=["below one", "negative", "zero", "nan", "none"],
)
def test_fractions_are_positive_and_sum_to_one(fractions):
    with pytest.raises(ValueError, match=r"`fractions` must be positive and sum to 1\. Received: "):
        group_split(of_sources(3), fractions=fractions, seed=0)


def test_an_empty_part_is_warned_of(caplog):
    parts = group_split(of_sources(1), seed=0)
    assert sorted(map(len, parts)) == [0, 0, 3]
    assert "A part of the split is empty" in caplog.text


def test_a_source_whose_name_is_not_utf8_has_a_place_too():
    parts = group_split([Example("", "a", "\udcff.py", 1)], fractions=(1.0,), seed=0)
    assert len(parts[0]) == 1
