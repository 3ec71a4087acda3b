"""Tables of positions are computed once per forward pass, for all blocks."""

import pytest
from keras import ops

from keras_pe.layers import FIRE, KERPLE, ALiBi, T5RelativeBias, TransformerEncoder


@pytest.mark.parametrize("kind", [ALiBi, FIRE, KERPLE, T5RelativeBias])
def test_three_blocks_share_the_tables_of_a_bias(kind, monkeypatch):
    encoder = TransformerEncoder(3, num_heads=2, intermediate_dim=8, position=kind(num_heads=2))
    asked, prepare = [], kind.prepare
    monkeypatch.setattr(kind, "prepare", lambda *a, **k: asked.append(1) or prepare(*a, **k))
    encoder.build((None, None, 8))
    encoder(ops.ones((1, 4, 8)))
    assert len(asked) == 1
