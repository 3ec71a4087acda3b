"""Exports on the libraries that servers up to 2.19 have: `make test-serving`.

TensorFlow Serving 2.15 to 2.19 embeds TF Text 2.12.1; TensorFlow 2.12.1 is what that was built for.
"""

import numpy as np
import pytest

from keras_pe.serving.served import ServedClassifier
from tests.serving.c_api.in_a_process import ROOT, answers_of
from tests.serving.test_c_api import TEXTS

LIBRARIES = ROOT / "build" / "serving-libraries"


@pytest.mark.serving
@pytest.mark.parametrize("kind", ["rotary", "lstm"])
def test_the_older_libraries_answer_alike(kind, news_version, news):
    texts = [*TEXTS, *(text.encode() for text in news[:250])]
    served = ServedClassifier(news_version(kind))

    found = answers_of(LIBRARIES, served.folder, texts)

    assert found["version"] == "2.12.1"
    labels, scores = served.predict(texts)
    np.testing.assert_allclose(found["scores"], scores, rtol=0, atol=1e-5)
    assert found["label"] == labels
    assert {signature for signature, _ in found["warmed_up"]} == set(served.signatures)
    assert all(answered for _, answered in found["warmed_up"])
