"""How long the longest text is, and what that decides."""

import numpy as np
import pytest
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.models import build_classifier
from keras_pe.models.encoders import QUERY_CHUNK
from keras_pe.models.longest_text import longest_text


@pytest.mark.parametrize(
    ("lengths", "longest"),
    [
        ({"max_length": 12}, 12),
        ({"max_length": 12, "inference_length": 40}, 40),
        ({"max_length": 40, "inference_length": 12}, 40),
        ({"max_length": 12, "inference_length": 40, "truncation": "window"}, 12),
    ],
    ids=["trained", "longer", "shorter", "windows"],
)
def test_the_longest_text_in_training_or_after_it(lengths, longest):
    assert longest_text(ModelConfig(**lengths)) == longest


@pytest.mark.parametrize(
    ("length", "chunk"), [(None, None), (QUERY_CHUNK, None), (QUERY_CHUNK + 1, QUERY_CHUNK)]
)
def test_queries_are_chunked_for_the_longest_text(tiny, length, chunk):
    model = build_classifier(tiny("none", "transformer", inference_length=length))
    assert model.get_layer("encoder").get_config()["query_chunk_size"] == chunk


def test_drawn_positions_must_hold_the_longest_text(tiny):
    settings = {"position_source": "randomized", "max_position": 30, "inference_length": 31}
    with pytest.raises(ValueError, match="Received: max_position=30, 31 tokens"):
        build_classifier(tiny("sinusoidal", "transformer", **settings))


@pytest.mark.parametrize("model", ["lstm", "transformer"])
@pytest.mark.parametrize(
    "settings",
    [{"inference_length": 17}, {"inference_length": 257, "extrapolation": "hierarchical"}],
    ids=["error", "hierarchical"],
)
def test_a_learned_table_that_ends_before_the_longest_text_is_refused(tiny, model, settings):
    said = r"position='learned' has no answer past (16|256) tokens .* texts of (17|257) tokens"
    with pytest.raises(ValueError, match=said):
        build_classifier(tiny("learned", model, **settings))


@pytest.mark.parametrize(
    "settings",
    [
        {"extrapolation": "clip"},
        {"extrapolation": "interpolate"},
        {"extrapolation": "hierarchical"},
        {"position_source": "interpolated"},
        {"position_source": "randomized", "max_position": 64},
        {"position_source": "shifted", "max_shift": 24},
    ],
    ids=str,
)
def test_a_learned_table_with_an_answer_for_every_position_is_built(tiny, settings):
    model = build_classifier(tiny("learned", "transformer", inference_length=40, **settings))
    assert np.isfinite(ops.convert_to_numpy(model(np.ones((1, 40), "int32")))).all()
