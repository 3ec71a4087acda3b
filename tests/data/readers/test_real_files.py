"""Counts of real sets that lie beside a developer's checkout; their text is not ours to ship.

`test_delimited.py`, `test_json_lines.py` and `test_folder.py` hold every one of their traits on
written data, so nothing goes untested where the sets are absent.
"""

from pathlib import Path

import pytest

from keras_pe.data.readers import read_examples

DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.mark.skipif(not DATA.is_dir(), reason="the real sets are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "settings", "examples", "labels"),
    [
        ("ag_news/train.csv", {}, 10_000, 4),
        ("ag_news/test.csv", {"text_column": "title,description"}, 7_600, 4),
        ("imdb/train.csv.gz", {}, 24_996, 2),
        ("imdb/unlabelled.csv.gz", {"labelled": False}, 8_991, 1),
        ("movie_reviews/train", {}, 1_800, 2),
        ("banking77/train.csv", {}, 10_003, 77),
        ("reuters_r8/train.csv", {}, 5_485, 8),
        ("goemotions/test.jsonl", {"labelled": False}, 5_427, 1),
        ("thucnews_titles/train.csv", {}, 45_000, 10),
        ("cnews_long_zh/all.csv.gz", {}, 1_000, 10),
        ("listops/test_d20s.csv.gz", {}, 10_000, 10),
    ],
    ids=lambda value: value if isinstance(value, str | int) else "",
)
def test_real_sets_have_as_many_examples_as_they_should(name, settings, examples, labels):
    read = list(read_examples(DATA / name, **settings))
    assert len(read) == examples
    assert len({example.label for example in read}) == labels
