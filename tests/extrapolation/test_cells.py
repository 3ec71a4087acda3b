"""The grid of a study."""

import pytest

from keras_pe.config import ExtrapolationConfig, Variant
from keras_pe.extrapolation.cells import Cell, grid, variants


def config(**settings):
    return ExtrapolationConfig(dataset="even_pairs", **settings)


def all_fit(cell):
    pass


def refuses(*pairs):
    def check(cell):
        if (str(cell.position), str(cell.position_source)) in pairs:
            raise ValueError("No use.")

    return check


def test_seed_by_seed():
    cells, left_out = grid(config(positions="none,alibi", seeds=2), all_fit)
    assert [str(cell) for cell in cells] == [
        "none, counted, seed 0",
        "alibi, counted, seed 0",
        "none, counted, seed 1",
        "alibi, counted, seed 1",
    ]
    assert left_out == []


def test_a_source_that_an_encoding_cannot_use_is_left_out_in_a_sentence():
    settings = config(positions="none,alibi", position_sources="counted,randomized", seeds=1)
    cells, left_out = grid(settings, refuses(("none", "randomized")))
    names = ["none, counted, seed 0", "alibi, counted, seed 0", "alibi, randomized, seed 0"]
    assert [str(cell) for cell in cells] == names
    assert left_out == ["none, randomized is left out. No use."]


def test_an_impossible_encoding_is_an_error():
    with pytest.raises(ValueError, match="alibi, counted: No use."):
        grid(config(positions="none,alibi"), refuses(("alibi", "counted")))


def test_an_encoding_that_cannot_use_the_only_source_is_an_error():
    settings = config(positions="alibi,none", position_sources="randomized")
    with pytest.raises(ValueError, match="none, randomized: No use."):
        grid(settings, refuses(("none", "randomized")))


def test_an_encoding_without_a_source_is_an_error():
    settings = config(positions="alibi,none", position_sources="randomized,augmented")
    check = refuses(("none", "randomized"), ("none", "augmented"))
    with pytest.raises(ValueError, match="none must be possible in one combination. No use."):
        grid(settings, check)


def test_a_source_without_an_encoding_is_an_error():
    settings = config(positions="alibi,none", position_sources="counted,shifted")
    check = refuses(("none", "shifted"), ("alibi", "shifted"))
    with pytest.raises(ValueError, match="^shifted must be possible in one combination. No use.$"):
        grid(settings, check)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"positions": "none,rotory"}, "`position` must be one of: none"),
        ({"position_sources": "counted,randomised"}, "`position_source` must be one of: counted"),
        ({"position_sources": "counted,shifted:max_shfit=2"}, "there is no setting `max_shfit`"),
        ({"positions": "rotary:seed=3"}, "rotary:seed=3: `seed` is the same in all runs"),
        ({"positions": "rotary:steps=3"}, "`steps` is the same in all runs of a study. Take it"),
        ({"positions": "rotary:batch_size=3"}, "`batch_size` is the same in all runs"),
        ({"positions": "rotary:num_classes=3"}, "`num_classes` is the same in all runs"),
        ({"positions": "rotary:train_file=a"}, "`train_file` is the same in all runs"),
        ({"positions": "none:position=alibi"}, "`position` is the same in all runs"),
        ({"position_sources": "shifted:position=none"}, "`position` is the same in all runs"),
    ],
)  # fmt: skip
def test_mistyped_variants_are_errors_and_never_left_out(settings, said):
    with pytest.raises(ValueError, match=said):
        variants(config(**settings))


def test_a_cell_applies_both_variants_and_its_seed():
    position = Variant.parse("fire:max_length=9:learning_rate=0.5")
    cell = Cell(position, Variant.parse("randomized:max_position=99"), seed=4)
    applied = cell.applied_to(config(num_layers=3))
    assert (applied.position, applied.position_source, applied.seed) == ("fire", "randomized", 4)
    assert (applied.max_length, applied.learning_rate, applied.max_position) == (9, 0.5, 99)
    assert applied.num_layers == 3
