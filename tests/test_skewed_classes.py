"""Training runs on classes of unequal size."""

import json

import numpy as np
import pytest

from keras_pe.config import ExtrapolationConfig, RunConfig
from keras_pe.extrapolation.task_study import TaskStudy
from keras_pe.run_folder import RunFolder
from tests.test_experiment import SMALL, KillAfter, Killed, experiment, last_weights


@pytest.fixture
def skewed(reviews):
    """A file of 100 positive and 20 negative reviews."""
    header, *rows = reviews.read_text(encoding="utf-8").splitlines()
    positive = [row for row in rows if row.endswith("positive")]
    negative = [row for row in rows if row.endswith("negative")][:20]
    reviews.write_text("\n".join([header, *positive, *negative]) + "\n", encoding="utf-8")
    return reviews


@pytest.fixture
def weights_file(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text('{"negative": 4, "positive": 1}', encoding="utf-8")
    return path


def config(train_file, **settings):
    return RunConfig(**{"train_file": str(train_file), "epochs": 2, **SMALL, **settings})


def records(folder):
    lines = (folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_description_says_the_range_of_the_weights(skewed, tmp_path):
    run = experiment(config(skewed, class_weights="balanced"), tmp_path / "run")
    # Held out are 10 and 2: 108 texts, 90 and 18 of the two classes.
    assert "weights    0.6 (positive) to 3 (negative), per text, in the training loss alone" in (
        run.description
    )
    assert "weights " not in experiment(config(skewed), tmp_path / "run").description


@pytest.mark.slow
def test_a_killed_run_goes_on_with_the_weights_it_began_with(skewed, weights_file, tmp_path):
    settings = config(skewed, class_weights=str(weights_file))
    straight = experiment(settings, tmp_path / "straight")
    straight.run()
    with pytest.raises(Killed):
        experiment(settings, tmp_path / "killed").run(callbacks=[KillAfter(epoch=1, batch=3)])
    weights_file.unlink()
    resumed = experiment(settings, tmp_path / "killed", resume=True)
    resumed.run()
    for ours, theirs in zip(last_weights(resumed), last_weights(straight), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    # 4 and 1, over the mean of 18 fours and 90 ones.
    np.testing.assert_allclose(
        RunFolder(tmp_path / "killed").load_class_weights(), [4 / 1.5, 1 / 1.5]
    )


@pytest.mark.slow
def test_weights_change_what_is_learned_and_not_what_is_measured(skewed, tmp_path):
    plain = experiment(config(skewed), tmp_path / "plain")
    weighted = experiment(config(skewed, class_weights="balanced"), tmp_path / "weighted")
    results = [run.run() for run in (plain, weighted)]
    pairs = zip(last_weights(plain), last_weights(weighted), strict=True)
    assert not all(np.array_equal(a, b) for a, b in pairs)
    last = records(tmp_path / "weighted")[-1]
    scores = weighted.model.predict(weighted._validation, verbose=0)
    labels = np.concatenate([labels for _, labels in weighted._validation.as_numpy_iterator()])
    losses = -np.log(scores[np.arange(len(labels)), labels])
    assert last["val_loss"] == pytest.approx(losses.mean(), rel=1e-4)
    assert results[1]["validation"]["examples"] == 12


def test_a_fault_of_the_weights_stops_before_anything_is_written(skewed, weights_file, tmp_path):
    weights_file.write_text('{"negative": 4, "positiv": 1}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"weights\.json: .* Received: 'positiv'\. Take it out"):
        experiment(config(skewed, class_weights=str(weights_file)), tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_study_weighs_no_class():
    settings = ExtrapolationConfig(dataset="even_pairs", class_weights="balanced")
    with pytest.raises(ValueError, match="`class_weights` has no effect with dataset='even_pairs'"):
        TaskStudy(settings)


@pytest.mark.slow
def test_the_best_epoch_may_be_chosen_by_macro_f1_over_a_kill(skewed, tmp_path):
    settings = config(skewed, best_by="macro_f1", epochs=4, learning_rate=0.005)
    experiment(settings, tmp_path / "straight").run()
    with pytest.raises(Killed):
        experiment(settings, tmp_path / "killed").run(callbacks=[KillAfter(epoch=2, batch=1)])
    results = experiment(settings, tmp_path / "killed", resume=True).run()
    found = [record["val_macro_f1"] for record in records(tmp_path / "killed")]
    assert found == [record["val_macro_f1"] for record in records(tmp_path / "straight")]
    report = json.loads((tmp_path / "killed" / "report.json").read_text(encoding="utf-8"))
    assert report["best_epoch"] == 1 + found.index(max(found))
    # What chose the epoch is what the report says of the whole part.
    assert results["validation"]["macro"]["f1"] == pytest.approx(max(found), rel=1e-5)
