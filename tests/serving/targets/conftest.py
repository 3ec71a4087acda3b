"""Models of the news in LiteRT and ONNX: each is written once."""

import functools

import pytest

from keras_pe.serving.targets.litert import write_litert
from keras_pe.serving.targets.onnx import write_onnx

TOPICS = ["World", "Sports", "Business", "Tech"]
WRITERS = {"litert": write_litert, "onnx": write_onnx}


@pytest.fixture(scope="session")
def news_export(news_model, news_tokenizer, tmp_path_factory):
    """Returns a function of target, model and settings: the folder of the export.

    The tail of a text is what it reads: the vocabulary's way to cut must come along.
    """

    @functools.cache
    def exported(target, kind, **settings):
        folder = tmp_path_factory.mktemp("targets") / kind
        return WRITERS[target](
            news_model(kind),
            news_tokenizer.truncating("head_tail"),
            TOPICS,
            folder,
            max_length=48,
            **settings,
        )

    return exported
