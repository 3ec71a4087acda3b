"""Rows whose padding is moved to the end, and back."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import ALiBi, TransformerEncoder
from keras_pe.layers.right_padding import to_right_padding

TOKENS = np.arange(30.0, dtype="float32").reshape(2, 5, 3)
MASKS = {
    "right": [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]],
    "left": [[0, 0, 1, 1, 1], [1, 1, 1, 1, 1]],
    "inside": [[1, 0, 1, 0, 1], [0, 1, 1, 0, 0]],
    "empty": [[0, 0, 0, 0, 0], [0, 1, 1, 0, 0]],
}


@pytest.mark.parametrize("mask", MASKS.values(), ids=MASKS)
def test_tokens_come_first_in_their_order_and_go_back(mask):
    mask = np.array(mask, bool)
    moved, moved_mask, restore = to_right_padding(ops.array(TOKENS), ops.array(mask))
    for row in range(2):
        count = mask[row].sum()
        np.testing.assert_array_equal(
            ops.convert_to_numpy(moved)[row, :count], TOKENS[row, mask[row]]
        )
        assert ops.convert_to_numpy(moved_mask)[row].tolist() == [i < count for i in range(5)]
    np.testing.assert_array_equal(ops.convert_to_numpy(restore(moved)), TOKENS)


class Recording(ALiBi):
    """Keeps the shapes of the positions it is asked for."""

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        self.shapes = (query_positions.shape, key_positions is query_positions)
        self.calls = getattr(self, "calls", 0) + 1
        tables = super().prepare(query_positions, key_positions, head_dim, same_text)
        self.tables_shape = tuple(tables.shape)
        return tables


@pytest.mark.parametrize("mask", [None, *MASKS.values()], ids=["none", *MASKS])
def test_masked_rows_share_one_table_for_the_batch_and_all_blocks(mask):
    position = Recording(3)
    encoder = TransformerEncoder(4, 3, 8, position=position)
    encoder.build((None, None, 3))
    encoder(TOKENS, mask=None if mask is None else np.array(mask, bool))
    assert position.shapes == ((1, 5), True)
    assert position.tables_shape == (1, 3, 5, 5)
    assert position.calls == 1


def test_segments_and_given_positions_have_tables_of_their_own():
    position = Recording(3)
    encoder = TransformerEncoder(2, 3, 8, position=position)
    encoder(TOKENS, segment_ids=np.array([[1, 1, 2, 2, 2], [1, 2, 2, 2, 2]]))
    assert position.tables_shape == (2, 3, 5, 5)
    encoder(TOKENS, positions=np.array([[0, 1, 2, 9, 10]]))
    assert position.tables_shape == (1, 3, 5, 5)


def test_blocks_that_share_no_encoding_have_weights_of_their_own(tmp_path):
    import keras

    from keras_pe.layers.position.base import PositionEncoding

    @keras.saving.register_keras_serializable(package="test")
    class Slope(PositionEncoding):
        def build(self, embeddings_shape):
            self.slope = self.add_weight(shape=(), initializer="ones", name="slope")
            self.built = True

        def prepare(
            self, query_positions, key_positions, head_dim, same_text=None, consecutive=False
        ):
            return (key_positions[:, None, :] - query_positions[:, :, None])[:, None]

        def bias(self, queries, keys, tables):
            return self.slope * tables

    inputs = keras.Input((None, 3))
    encoder = TransformerEncoder(3, 3, 8, position=Slope(), share_position=False, name="encoder")
    model = keras.Model(inputs, encoder(inputs))
    slopes = [weight for weight in model.weights if weight.path.endswith("slope")]
    assert len({id(weight) for weight in slopes}) == len({w.path for w in slopes}) == 3
    slopes[1].assign(-3.0)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(*(ops.convert_to_numpy(each(TOKENS)) for each in (model, loaded)))
    assert not loaded.get_layer("encoder").share_position


def test_unshared_weights_of_an_encoding_outside_attention_are_refused():
    said = "`share_position` must be True where the encoding does not act inside attention. Receiv"
    with pytest.raises(ValueError, match=said):
        TransformerEncoder(2, 2, 8, share_position=False)
