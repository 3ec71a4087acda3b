"""A grid that is stopped and gone on with."""

import pytest

from keras_pe.extrapolation.study import ExtrapolationStudy

RESULT = ("cell", "loss", "parameters", "test")


def study(config, folder):
    return ExtrapolationStudy(config, folder, progress=False)


@pytest.fixture
def untrained(monkeypatch):
    """Runs that are over at once, where only the grid is looked at."""
    point = {"view": "whole", "length": 7, "texts": 9, "accuracy": 0.5}
    monkeypatch.setattr(
        "keras_pe.extrapolation.task_study.TaskStudy.run",
        lambda self, cell, on_step: {"parameters": 1, "loss": 0.5, "test": [point]},
    )


def results(runs):
    return [{key: run[key] for key in RESULT} for run in runs]


def test_a_stopped_grid_goes_on_to_the_same_results(tiny_task, tmp_path):
    grid = tiny_task(positions="none,sinusoidal", dropout=0.3, samples=9, steps=1)
    straight = study(grid, tmp_path / "straight")
    assert len(list(straight.run())) == 2
    stopped = study(grid, tmp_path / "stopped")
    cell, _ = next(stopped.run())
    assert str(cell) == "none, counted, seed 0"
    assert len(stopped.records.runs()) == 1
    resumed = study(grid, tmp_path / "stopped")
    assert "2 runs of 1 steps, of which 1 are finished" in resumed.description
    assert [str(cell) for cell, _ in resumed.run()] == ["sinusoidal, counted, seed 0"]
    assert results(resumed.records.runs()) == results(straight.records.runs())
    assert list(study(grid, tmp_path / "stopped").run()) == []


def test_what_another_process_finished_meanwhile_is_not_run_again(untrained, tiny_task, tmp_path):
    ours, theirs = (study(tiny_task(seeds=2), tmp_path / "study") for _ in range(2))
    going = ours.run()
    next(going)
    assert len(list(theirs.run())) == 1
    assert list(going) == []
    assert len(ours.records.runs()) == 2


def test_more_seeds_are_added_to_a_finished_study(untrained, tiny_task, tmp_path):
    list(study(tiny_task(seeds=1), tmp_path / "study").run())
    more = study(tiny_task(seeds=2), tmp_path / "study")
    assert [str(cell) for cell, _ in more.run()] == ["none, counted, seed 1"]


def test_runs_say_how_they_were_made(untrained, tiny_task, tmp_path):
    made = study(tiny_task(), tmp_path / "study")
    [(_, result)] = made.run()
    assert result["steps"] == 3
    assert result["seconds"] >= 0
    assert result["backend"] == "tensorflow"
    assert [run["steps"] for run in made.records.runs()] == [3]


def test_left_out_combinations_are_said(tiny_task, tmp_path):
    grid = tiny_task(positions="none,sinusoidal", position_sources="counted,randomized")
    [sentence] = study(grid, tmp_path / "study").left_out
    assert sentence.startswith("none, randomized is left out. position_source='randomized' has no")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"positions": "none,rotary"}, "rotary, counted: position='rotary' acts inside attention"),
        ({"positions": "nome"}, "`position` must be one of: none, sinusoidal"),
        ({"num_heads": 9}, "none, counted: `num_heads` has no effect with model='lstm'"),
        ({"momentum": 0.1}, "none, counted: `momentum` has no effect with optimizer='adamw'"),
        ({"positions": "learned"}, "position='learned' has no answer past 8 tokens with extrapo"),
        (
            {"positions": "sinusoidal", "position_sources": "counted,randomized:max_position=12"},
            "must be possible in one combination. `max_position` must be at least the length",
        ),
    ],
)
def test_nothing_is_written_by_a_study_that_cannot_be(tiny_task, tmp_path, settings, said):
    with pytest.raises(ValueError, match=said):
        study(tiny_task(**settings), tmp_path / "study")
    assert not (tmp_path / "study").exists()


def test_a_mistyped_name_is_found_before_the_texts_are_read(tiny_texts, tmp_path):
    config = tiny_texts([("a", "x")], [], positions="nome", train_file="missing.csv")
    with pytest.raises(ValueError, match="`position` must be one of"):
        study(config, tmp_path / "study")


def test_the_report_of_a_study_is_written_beside_its_records(tiny_task, tmp_path):
    config = tiny_task(positions="learned:extrapolation=clip", steps=1, samples=9)
    made = study(config, tmp_path / "study")
    list(made.run())
    text = made.write_report()
    assert "| `learned:extrapolation=clip` | `counted` |" in text
    names = {path.name for path in (tmp_path / "study").iterdir()}
    assert names == {
        *("study.json", "runs.jsonl"),
        *("about.json", "results.csv", "results.md", "curves.png"),
    }
    assert (tmp_path / "study" / "results.md").read_text(encoding="utf-8") == text
