"""Results as CSV and Markdown."""

import csv

from keras_pe.extrapolation.tables import COLUMNS, score_table, view_table, write_csv


def run(seed, *accuracies, position="none"):
    bands = [("whole", 0, 10), ("whole", 10, 20), ("whole", 20, None), ("windows", 10, 20)]
    test = [
        {"view": view, "above": above, "length": length, "texts": 30 - above, "accuracy": accuracy}
        for (view, above, length), accuracy in zip(bands, accuracies, strict=False)
    ]
    return {"position": position, "position_source": "counted", "seed": seed, "test": test}


RUNS = [
    run(0, 1.0, 0.5, 0.8, 0.25),
    run(1, 0.8, 0.8, 0.8, 0.75),
    run(0, 0.5, 0.2, 0.5, position="b"),
]


def test_the_scores_of_each_encoding():
    # Beyond 10: 20 texts to 20 and 10 longer; seed 0 has (20 * 0.5 + 10 * 0.8) / 30 = 0.6.
    assert score_table(RUNS, 10).splitlines() == [
        "| encoding | positions | up to 10 | beyond 10 | beyond 10, best seed | seeds |",
        "|---|---|---:|---:|---:|---:|",
        "| `none` | `counted` | 90.0 ± 14.1 | 70.0 ± 14.1 | 80.0 | 2 |",
        "| `b` | `counted` | 50.0 | 30.0 | 30.0 | 1 |",
    ]


def test_a_view_has_a_column_for_each_band_with_its_texts():
    assert view_table(RUNS, "whole").splitlines() == [
        "| encoding | positions | to 10 (30) | to 20 (20) | longer (10) |",
        "|---|---|---:|---:|---:|",
        "| `none` | `counted` | 90.0 ± 14.1 | 65.0 ± 21.2 | 80.0 ± 0.0 |",
        "| `b` | `counted` | 50.0 | 20.0 | 50.0 |",
    ]


def test_who_was_not_seen_that_way_has_no_row():
    lines = view_table(RUNS, "windows").splitlines()
    assert lines[2:] == ["| `none` | `counted` | 50.0 ± 35.4 |"]


def test_csv_has_a_row_for_each_run_view_and_length(tmp_path):
    write_csv(RUNS, tmp_path / "results.csv")
    with open(tmp_path / "results.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 4 + 4 + 3
    assert rows[2] == {
        "position": "none", "position_source": "counted", "seed": "0", "view": "whole",
        "above": "20", "length": "", "texts": "10", "accuracy": "0.8",
    }  # fmt: skip


def test_csv_of_generated_tasks_has_no_band(tmp_path):
    point = {"view": "whole", "length": 5, "texts": 2, "accuracy": 0.5}
    runs = [{"position": "none", "position_source": "counted", "seed": 0, "test": [point]}]
    write_csv(runs, tmp_path / "results.csv")
    assert "none,counted,0,whole,,5,2,0.5" in (tmp_path / "results.csv").read_text()
