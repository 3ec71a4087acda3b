"""The leaks that are known of real sets beside a developer's checkout are found."""

from pathlib import Path

import pytest

from keras_pe.data.checks import Parts
from keras_pe.data.checks.leaks import leaks
from keras_pe.data.checks.repeats import repeats
from keras_pe.data.readers import read_examples
from keras_pe.data.splits import Splits

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real sets are not beside this checkout"
)
TITLED = {"text_column": "title,description"}


def read(folder, *names, **settings):
    return [list(read_examples(DATA / folder / name, **settings)) for name in names]


@pytest.fixture(
    params=["ag_news", "imdb", "banking77", "reuters_r8", "thucnews_titles", "goemotions"],
    scope="module",
)
def known(request):
    """A set and the numbers of its README: texts of test and validation in training, repeats.

    goemotions: 552 repeats, not 554, since ":)" and "!!!" are not equal here.
    """
    name = request.param
    if name == "thucnews_titles":
        return Parts(Splits(*read(name, "train.csv", "dev.csv", "test.csv"))), (43, 44, 102)
    if name == "goemotions":
        files = ("train.jsonl", "dev.jsonl", "test.jsonl")
        return Parts(Splits(*read(name, *files, labelled=False))), (90, 98, 552)
    ending = "csv.gz" if name == "imdb" else "csv"
    (train,) = read(name, f"train.{ending}")
    (test,) = read(name, f"test.{ending}", **(TITLED if name == "ag_news" else {}))
    counts = {"ag_news": (1, 5), "imdb": (123, 98), "banking77": (25, 31), "reuters_r8": (4, 62)}
    leaked, repeated = counts[name]
    return Parts(Splits(train, [], test)), (leaked, None, repeated)


def test_the_known_leaks_and_duplicates_are_found(known):
    parts, (test, validation, repeated) = known
    numbers = leaks(parts).numbers
    assert numbers["test texts in training"] == test
    assert numbers.get("validation texts in training") == validation
    assert repeats(parts).numbers["training rows"] == repeated
