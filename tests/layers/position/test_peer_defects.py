"""Defects found in keras-hub 0.32 and Keras 3.15, and the tests that show ours has none of them.

`python -m benchmarks.peer_defects` runs those libraries beside ours. What no other file shows is
shown here.

1. Sinusoids of rounded positions and wavelengths in 16 bits:
   layers/position/test_precision.py::test_sinusoids_are_those_of_float64_and_all_distinct
   layers/position/test_precision.py::test_additive_encodings_are_rounded_once
2. None, rotation in 16 bits is right there too:
   layers/position/test_precision.py::test_rotation_is_rounded_once
3. Dynamic NTK that slows all pairs alike, at any length:
   layers/position/test_rotary_scaling.py::test_dynamic_ntk_stretches_each_text_by_its_own_length
   layers/position/test_rotary_scaling.py::test_dynamic_ntk_changes_nothing_up_to_the_trained_length
4. Unknown kinds of scaling that are accepted:
   layers/position/test_rotary_scaling_errors.py::test_what_makes_no_sense_or_has_no_effect_is_refused
5. ALiBi that does not depend on the query:
   layers/position/test_alibi.py::test_every_head_subtracts_its_slope_times_the_distance
6. ALiBi of rounded distances in 16 bits:
   layers/position/test_peer_defects.py::test_defect_6_every_distance_has_a_weight_of_its_own
7. A bias rounded to 16 bits before it is added, and rows of NaN where all keys are closed:
   layers/position/test_precision.py::test_far_biases_stay_apart_inside_attention
   layers/test_attention.py::test_a_text_without_tokens_stays_finite
8. No advice past the end of a table, and no error while a model is built:
   layers/position/test_learned_beyond.py::test_an_eager_text_that_is_too_long_is_refused
   layers/position/test_learned_beyond.py::test_unmasked_inputs_of_a_fixed_length_are_refused_while_a_model_is_built
9. The last row again past the end of a table, under XLA alone:
   layers/position/test_learned_beyond.py::test_compiled_code_gives_nan_at_the_positions_beyond
   layers/position/test_learned_beyond.py::test_compiled_code_gives_nan_for_given_positions_without_an_answer
   layers/position/test_peer_defects.py::test_defect_9_compiled_code_goes_past_the_end_as_eager_code_does
10. A mask that does not reach the next layer:
   layers/test_drop_in.py::test_an_lstm_behind_the_layer_skips_padding_and_nothing_warns
   layers/test_drop_in.py::test_the_mask_is_passed_on_with_and_without_other_tensors
11. Padding on the left that moves the text:
   layers/position/test_peer_defects.py::test_defects_11_and_12_padding_changes_no_token
   models/test_padding_contract.py::test_padding_on_the_left_does_not_change_the_answer
12. Padding that tokens see:
   layers/position/test_peer_defects.py::test_defects_11_and_12_padding_changes_no_token
   layers/test_attention.py::test_what_stands_at_the_padding_reaches_no_token
13. Rotations of rounded positions in 16 bits:
   layers/position/test_precision.py::test_rotation_is_rounded_once
   layers/position/test_precision.py::test_rotations_are_those_of_float64
14. Layers without a config:
   layers/test_round_trip.py::test_a_layer_made_from_the_config_has_the_same_config
"""

import pathlib
import re

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    ALiBi,
    LearnedPositionEmbedding,
    RotaryPositionEncoding,
    SelfAttention,
    SinusoidalPositionEncoding,
    T5RelativeBias,
    TransformerEncoder,
)

TESTS = pathlib.Path(__file__).parents[2]
NAMED = re.findall(r"(\S+\.py)::(test_\w+)", __doc__)


def test_every_defect_names_a_test():
    assert re.findall(r"^(\d+)\. ", __doc__, re.MULTILINE) == [str(n) for n in range(1, 15)]
    for defect in re.split(r"^\d+\. ", __doc__, flags=re.MULTILINE)[1:]:
        assert "::test_" in defect


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED)), ids=lambda value: value)
def test_every_named_test_exists(file, name):
    assert f"\ndef {name}(" in (TESTS / file).read_text(encoding="utf-8")


class Watched(ALiBi):
    """Keeps what each query takes of each key."""

    def mix(self, weights, tables):
        self.taken = ops.convert_to_numpy(weights)


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16", "bfloat16", "float16"])
def test_defect_6_every_distance_has_a_weight_of_its_own(policy):
    alibi = Watched(1, direction="symmetric", dtype=policy)
    SelfAttention(1, alibi, query_chunk_size=None, dtype=policy)(ops.zeros((1, 2048, 2)))
    # Tokens of zeros say nothing: the logits of the last query are -distance / 256, distance 2047
    # to 0.
    shares = np.exp(np.arange(-2047, 1) / 256)
    np.testing.assert_allclose(alibi.taken[0, 0, -1], shares / shares.sum(), rtol=1e-5)
    assert len(np.unique(alibi.taken[0, 0, -1])) == 2048


def compiled(function):
    """The function compiled in every way of the backend."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        return [tf.function(function, jit_compile=xla) for xla in (False, True)]
    if backend == "jax":
        import jax

        return [jax.jit(function)]
    return []


@pytest.mark.parametrize("extrapolation", ["clip", "interpolate", "hierarchical"])
def test_defect_9_compiled_code_goes_past_the_end_as_eager_code_does(extrapolation):
    layer = LearnedPositionEmbedding(10, extrapolation=extrapolation)
    tokens, given = ops.zeros((1, 12, 4)), ops.arange(12)[None]
    eager = ops.convert_to_numpy(layer(tokens, positions=given))
    np.testing.assert_array_equal(ops.convert_to_numpy(layer(tokens)), eager)
    same_as_the_last = (eager[0, 10:] == eager[0, 9]).all()
    assert same_as_the_last == (extrapolation == "clip")
    for run in compiled(lambda tokens, positions: layer(tokens, positions=positions)):
        np.testing.assert_allclose(ops.convert_to_numpy(run(tokens, given)), eager, atol=1e-6)


@pytest.mark.parametrize(
    "position",
    [
        lambda: SinusoidalPositionEncoding(),
        lambda: LearnedPositionEmbedding(5),
        lambda: RotaryPositionEncoding(),
        lambda: ALiBi(2),
        lambda: T5RelativeBias(2),
    ],
    ids=["sinusoidal", "learned", "rotary", "alibi", "t5"],
)
def test_defects_11_and_12_padding_changes_no_token(position):
    embed = keras.layers.Embedding(9, 8, mask_zero=True)
    encoder = TransformerEncoder(2, 2, 16, position=position())
    alone = ops.convert_to_numpy(encoder(embed(np.array([[5, 3, 8, 2, 7]]))))[0]
    rows = np.array([[5, 3, 8, 2, 7, 0, 0, 0], [0, 0, 0, 5, 3, 8, 2, 7], [0, 5, 3, 0, 8, 2, 0, 7]])
    padded = ops.convert_to_numpy(encoder(embed(rows)))
    for vectors, ids in zip(padded, rows, strict=True):
        np.testing.assert_allclose(vectors[ids > 0], alone, rtol=0, atol=1e-5)
