import pytest

from keras_pe.evaluation.text_table import aligned_table, display_width, one_line


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("sport", 5),
        ("体育", 4),
        ("한국", 4),
        ("Ｆ", 2),
        ("e\u0301", 1),
        ("naïve", 5),
        ("zero\u200bwidth", 9),
    ],
    ids=["empty", "latin", "chinese", "korean", "full width", "combining", "accent", "zero width"],
)
def test_width_in_terminal_columns(text, width):
    assert display_width(text) == width


def test_columns_are_straight_with_chinese_labels():
    table = aligned_table(["class", "F1"], [["体育", "0.5000"], ["sport and games", "1.0000"]])

    assert table.split("\n") == [
        "class                F1",
        "体育             0.5000",
        "sport and games  1.0000",
    ]
    assert {display_width(line) for line in table.split("\n")} == {23}


def test_columns_named_left_are_flush_left():
    assert aligned_table(["n", "name"], [["10", "a"]], left=[1]) == " n  name\n10  a"


@pytest.mark.parametrize(
    ("text", "max_width", "expected"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("国际新闻", 8, "国际新闻"),
        ("国际新闻", 7, "国际新…"),
        ("国际新闻", 6, "国际…"),
        ("a\nb\tc\u2028d", 9, "a b c d"),
    ],
    ids=["fits", "cut", "chinese fits", "chinese cut", "half a character", "line breaks"],
)
def test_a_text_is_made_to_fit_one_line(text, max_width, expected):
    assert one_line(text, max_width=max_width) == expected
