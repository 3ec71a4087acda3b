"""Values of ListOps expressions, beside the published answers."""

import csv
import gzip
import re
from pathlib import Path

import numpy as np
import pytest

from keras_pe.tasks import TASKS
from keras_pe.tasks.listops_expression import evaluate_listops

DATA = Path(__file__).parents[3] / "shared" / "data" / "listops"


@pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside this checkout")
@pytest.mark.parametrize("name", ["test_d14.csv.gz", "test_d20s.csv.gz"])
def test_published_answers_are_met(name):
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 10_000
    wrong = [row for row in rows if evaluate_listops(row["text"]) != int(row["label"])]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("[MIN 3 5 2 ]", 2),
        ("[MAX 3 5 2 ]", 5),
        ("[MED 3 5 2 ]", 3),
        ("[MED 1 4 ]", 2),
        ("[SM 9 9 4 ]", 2),
        ("[FIRST 3 5 ]", 3),
        ("[LAST 3 5 ]", 5),
        ("( ( ( ( [MAX 1 ) ( ( ( [SM 6 ) 7 ) ] ) ) 2 ) ] )", 3),
        ("MAX 1 SM 6 7 ] 2 ]", 3),
    ],
)
def test_by_hand(text, value):
    assert evaluate_listops(text) == value


def test_drawn_expressions_have_the_values_drawn():
    task = TASKS["listops"]
    tokens, labels = task.draw(np.random.default_rng(0), 120, 100)
    assert [evaluate_listops(task.text(row)) for row in tokens] == labels.tolist()


def test_no_depth_is_too_deep():
    assert evaluate_listops("[MAX 1 " * 50_000 + "4" + " ]" * 50_000) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "exactly one expression. Received: 0 of them"),
        ("1 2", "exactly one expression. Received: 2 of them"),
        ("[MIN 1 2", "Every list must end in `]`. Received: [MIN without an end"),
        ("[MIN 1 2 ] ]", "Every `]` must end a list. Received: one without an operator, token 5"),
        ("[MIN 1 [MAX ] ]", "A list must hold a value. Received: [MAX ], token 4"),
        ("[PM 1 2 ]", "one of MIN, MAX, MED, SM, FIRST, LAST. Received: '[PM', token 1"),
        ("[MIN 1 12 ]", "Received: '12', token 3"),
        ("[MIN 1 ² ]", "Received: '²', token 3"),
    ],
)
def test_what_is_no_expression_is_refused(text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        evaluate_listops(text)
