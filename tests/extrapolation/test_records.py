"""The folder of a study."""

import json

import pytest

from keras_pe.config import ExtrapolationConfig, Variant
from keras_pe.extrapolation.cells import Cell
from keras_pe.extrapolation.records import Records, read_runs


def cell(seed=0, position="none"):
    return Cell(Variant(position), Variant("counted"), seed)


def config(**settings):
    return ExtrapolationConfig(dataset="even_pairs", **settings)


def test_nothing_is_there_before_the_first_run(tmp_path):
    records = Records.for_config(tmp_path / "study", config())
    assert records.runs() == []
    assert records.find(cell()) is None
    assert not records.folder.exists()


def test_a_run_is_found_again(tmp_path):
    Records.for_config(tmp_path / "study", config()).add(cell(3), {"test": [], "loss": 0.5})
    again = Records.for_config(tmp_path / "study", config())
    assert again.find(cell(3)) == {
        "cell": "none, counted, seed 3", "position": "none", "position_source": "counted",
        "seed": 3, "test": [], "loss": 0.5,
    }  # fmt: skip
    assert again.find(cell(4)) is None


def test_lines_are_appended_and_earlier_ones_left_alone(tmp_path):
    records = Records.for_config(tmp_path, config())
    records.add(cell(0), {})
    before = (tmp_path / "runs.jsonl").read_bytes()
    records.add(cell(1), {"word": "\u2028 é"})
    after = (tmp_path / "runs.jsonl").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == 2
    assert [run["seed"] for run in records.runs()] == [0, 1]
    assert records.runs()[1]["word"] == "\u2028 é"


def test_two_who_share_a_folder_lose_nothing(tmp_path):
    first, second = (Records.for_config(tmp_path, config()) for _ in range(2))
    first.add(cell(0), {})
    second.add(cell(1), {})
    first.add(cell(2), {})
    assert [run["seed"] for run in second.runs()] == [0, 1, 2]


def test_of_two_runs_of_a_cell_the_first_counts(tmp_path):
    first, second = (Records.for_config(tmp_path, config()) for _ in range(2))
    first.add(cell(), {"loss": 1.0})
    second.add(cell(), {"loss": 2.0})
    assert [run["loss"] for run in first.runs()] == [1.0]


@pytest.mark.parametrize("kept", [1, 20, -3, -1], ids=["start", "middle", "end", "no-newline"])
def test_a_torn_line_is_no_run_and_does_not_harm_the_next(tmp_path, kept):
    records = Records.for_config(tmp_path, config())
    records.add(cell(0), {})
    whole = (tmp_path / "runs.jsonl").read_bytes()
    records.add(cell(1), {"word": "é"})
    torn = (tmp_path / "runs.jsonl").read_bytes()[len(whole) :][:kept]
    (tmp_path / "runs.jsonl").write_bytes(whole + torn)
    finished = [0] if kept != -1 else [0, 1]
    assert [run["seed"] for run in records.runs()] == finished
    records.add(cell(2), {})
    assert [run["seed"] for run in Records.for_config(tmp_path, config()).runs()] == [*finished, 2]


def test_half_a_letter_is_a_torn_line_too(tmp_path):
    (tmp_path / "runs.jsonl").write_bytes(b'{"cell": "a"}\n{"cell": "\xc3')
    assert read_runs(tmp_path / "runs.jsonl") == [{"cell": "a"}]


def test_other_settings_are_refused_by_name(tmp_path):
    Records.for_config(tmp_path, config()).add(cell(), {})
    with pytest.raises(ValueError, match="Received: steps=7, while .* has steps=2000. Leave"):
        Records.for_config(tmp_path, config(steps=7))


def test_a_study_that_another_process_began_meanwhile_is_not_mixed_with(tmp_path):
    ours, theirs = (Records.for_config(tmp_path, config(steps=steps)) for steps in (7, 8))
    theirs.add(cell(), {})
    with pytest.raises(ValueError, match="Received: steps=7"):
        ours.add(cell(), {})


def test_more_cells_may_be_added(tmp_path):
    Records.for_config(tmp_path, config(seeds=1)).add(cell(), {})
    more = config(seeds=5, positions="fire", position_sources="counted,randomized")
    assert Records.for_config(tmp_path, more).find(cell())


def test_a_setting_that_came_later_had_its_default(tmp_path):
    Records.for_config(tmp_path, config()).add(cell(), {})
    study = json.loads((tmp_path / "study.json").read_text())
    del study["inference_positions"]
    (tmp_path / "study.json").write_text(json.dumps(study))
    assert Records.for_config(tmp_path, config()).find(cell())
    with pytest.raises(ValueError, match="has inference_positions='evenly_spaced'"):
        Records.for_config(tmp_path, config(inference_positions="identity"))


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("all of it")
    with pytest.raises(ValueError, match="`output_dir` must be new, empty, or hold a study"):
        Records.for_config(tmp_path, config())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
