"""What is told of an export, of readers that answer as they are told."""

from types import SimpleNamespace

import numpy as np
import pytest

from keras_pe.serving.export_report import report_exports


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [(0.25, 0.25000001, 64), (0.25, 0.26, 0), ("good", "good", 64), (("a",), ("a", "b"), 0)],
    ids=["rounded number", "other number", "label", "labels"],
)
def test_answers_are_counted_and_scores_compared(expected, found, same, tokenizer, tmp_path):
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "weights").write_bytes(b"x" * 2_500_000)

    def answering(answer, score):
        return lambda texts: ([answer] * len(texts), np.full((len(texts), 1), score, np.float32))

    classifier = SimpleNamespace(
        tokenizer=tokenizer, text_pairs=False, predict=answering(expected, 0.5)
    )
    reader = SimpleNamespace(folder=tmp_path, predict=answering(found, 0.625))
    (report,) = report_exports([reader], classifier)

    assert (report.same, report.texts, report.difference) == (same, 64, 0.125)
    assert str(report).startswith(f"2.50 MB, {same} of 64 answers as Keras, scores within 1.2e-01,")
    assert report.milliseconds >= 0
