"""Training runs whose labels and their order are given."""

import json

import numpy as np
import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import ExtrapolationConfig, RunConfig
from keras_pe.extrapolation.text_study import TextStudy
from keras_pe.inspection.inspection import inspect_data
from tests.test_experiment import SMALL, KillAfter, Killed, experiment, last_weights


@pytest.fixture
def names_file(tmp_path):
    path = tmp_path / "labels.txt"
    path.write_text("positive\nmixed\nnegative\n", encoding="utf-8")
    return path


def config(train_file, names_file, **settings):
    files = {"train_file": str(train_file), "label_names_file": str(names_file)}
    return RunConfig(**{**files, "epochs": 2, **SMALL, **settings})


@pytest.mark.slow
def test_the_order_of_the_file_is_that_of_the_model_over_a_kill(
    reviews, names_file, tmp_path, caplog
):
    settings = config(reviews, names_file, class_weights="balanced", best_by="macro_f1")
    straight = experiment(settings, tmp_path / "straight")
    results = straight.run()
    assert "labels without training texts, which no model learns to answer with: 'mixed'" in (
        caplog.text
    )
    with pytest.raises(Killed):
        experiment(settings, tmp_path / "killed").run(callbacks=[KillAfter(epoch=1, batch=3)])
    names_file.unlink()
    resumed = experiment(settings, tmp_path / "killed", resume=True)
    resumed.run()
    for ours, theirs in zip(last_weights(resumed), last_weights(straight), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    classifier = TextClassifier.load(tmp_path / "killed")
    assert classifier.label_names == ("positive", "mixed", "negative")
    assert resumed.config.num_classes == 3
    assert [row["support"] for row in results["validation"]["classes"]] == [10, 0, 10]
    weights = json.loads((tmp_path / "killed" / "class_weights.json").read_text(encoding="utf-8"))
    assert weights == {"positive": 1.0, "mixed": 0.0, "negative": 1.0}


def test_a_label_that_is_not_listed_stops_before_anything_is_written(reviews, names_file, tmp_path):
    names_file.write_text("positive\nnegativ\n", encoding="utf-8")
    message = r"reviews\.csv:\d+: the label of a .* 'negative'\. Did you mean 'negativ'\?"
    with pytest.raises(ValueError, match=message):
        experiment(config(reviews, names_file), tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_where_the_order_of_labels_says_nothing_it_is_refused(reviews, names_file):
    files = {"train_file": str(reviews), "label_names_file": str(names_file)}
    with pytest.raises(ValueError, match="`label_names_file` has no effect with the data given"):
        inspect_data(RunConfig(**files))
    with pytest.raises(ValueError, match="`label_names_file` has no effect with labelled texts"):
        TextStudy(ExtrapolationConfig(**files))
