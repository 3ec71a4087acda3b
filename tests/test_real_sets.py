"""Every set beside a developer's checkout is set up by flags alone, and its leaks are told of.

What the flags mean is tested on written data elsewhere, so nothing goes untested without the sets.
"""

import re
from pathlib import Path

import pytest

from keras_pe.config import RunConfig
from keras_pe.experiment import Experiment

DATA = Path(__file__).parents[2] / "shared" / "data"
SMALL = {
    "hidden_dim": 8, "num_layers": 1, "num_heads": 1, "intermediate_dim": 8,
    "vocabulary_size": 2_000, "max_length": 16,
}  # fmt: skip
# The files, the sizes of the parts, and the rows of each leak; the README of the sets counts texts.
SETS = {
    "ag_news": ({"train": "train.csv", "test": "test.csv"}, "9,001 training", {"test": 1}),
    "imdb": ({"train": "train.csv.gz", "test": "test.csv.gz"}, "24,996 test", {"test": 123}),
    "movie_reviews": ({"train": "train", "test": "test"}, "200 test", {}),
    "banking77": ({"train": "train.csv", "test": "test.csv"}, "3,080 test", {"test": 25}),
    "reuters_r8": ({"train": "train.csv", "test": "test.csv"}, "2,189 test", {"test": 4}),
    "thucnews_titles": (
        {"train": "train.csv", "validation": "dev.csv", "test": "test.csv"},
        "45,000 training, 10,000 validation",
        {"validation": 48, "test": 47},
    ),
    "cnews_long_zh": ({"train": "all.csv.gz"}, "901 training, 99 validation", {}),
    "goemotions": (
        {"train": "train.jsonl", "validation": "dev.jsonl", "test": "test.jsonl"},
        "43,410 training, 5,426 validation",
        {"validation": 113, "test": 109},
    ),
    "listops": (
        {"train": "test_d14.csv.gz", "test": "test_d20s.csv.gz"},
        "10,000 test",
        {"test": 27},
    ),
}
OTHER = {
    "ag_news": {"test_text_column": "title,description"},
    "goemotions": {"label_column": "labels", "problem_type": "multi_label"},
}


def rows_of(part, learned, description):
    """How many rows of a part are said to be also in others."""
    found = re.findall(rf"([\d,]+) {part} rows? \([\d.]+%\) also in (\w+)", description)
    return sum(int(rows.replace(",", "")) for rows, other in found if other in learned)


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the real sets are not beside this checkout")
@pytest.mark.parametrize("name", SETS)
def test_a_real_set_is_set_up_by_flags_alone(name, tmp_path):
    files, sizes, leaks = SETS[name]
    files = {f"{part}_file": str(DATA / name / file) for part, file in files.items()}
    config = RunConfig(**files, **OTHER.get(name, {}), **SMALL)
    description = Experiment(config, tmp_path / "run", verbose=0).description
    assert sizes in description
    # What is held out of the training file takes some of the leaks with it.
    learned = ("training",) if "validation_file" in files else ("training", "validation")
    assert {part: rows_of(part, learned, description) for part in leaks} == leaks
    assert leaks or "also in training" not in description
