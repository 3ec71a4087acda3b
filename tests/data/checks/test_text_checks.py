"""Encoding trouble, markup, imbalance."""

import pytest

from keras_pe.data.checks import Parts
from keras_pe.data.checks.encoding import encoding_trouble
from keras_pe.data.checks.imbalance import imbalance
from keras_pe.data.checks.markup import markup
from keras_pe.data.example import Example
from keras_pe.data.splits import Splits


def parts(*texts, labels=None):
    labels = labels or ["x"] * len(texts)
    rows = zip(texts, labels, strict=True)
    return Parts(
        Splits([Example(t, y, "train.csv", at) for at, (t, y) in enumerate(rows, 2)], [], [])
    )


@pytest.mark.parametrize(
    "text", ["it’s", "café", "naïve", "你好，世界", "🙂", "straße", "É»", "a\tb\nc"]
)
def test_utf8_read_with_a_wrong_encoding_is_told_from_utf8(text):
    assert not encoding_trouble(parts(text)).found
    for wrong in ("latin-1", "cp1252"):
        garbled = text.encode().decode(wrong, "replace").replace("\ufffd", "\x81")
        if garbled != text and text != "É»":
            assert encoding_trouble(parts(garbled)).numbers["mojibake"] == 1, garbled


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("徐若\ufffd", "U+FFFD"),
        ("donâ€™t", "mojibake"),
        ("锟斤拷", "mojibake"),
        ("details\x85 on", "control characters"),
        ("a\x00b", "control characters"),
        ("a\ufeffb", "byte order marks"),
    ],
)
def test_each_trouble_is_counted_and_shown(text, kind):
    found = encoding_trouble(parts("fine", text))
    assert found.numbers[kind] == 1
    assert found.numbers["share"] == 0.5
    assert f"1 with {kind} (first train.csv:3)" in found.sentence
    assert found.examples == (f"train.csv:3: {text!r}",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("good.<br /><br />Bad", "tags"),
        ('<a href="x">y</a>', "tags"),
        ("a &amp; b", "entities"),
        ("it&#39;s", "entities"),
        ("Messier #39;s lawyer", "broken entities"),
        ("said. quot;I am", "broken entities"),
    ],
)
def test_markup_is_counted_by_kind(text, kind):
    assert markup(parts(text)).numbers[kind] == 1


@pytest.mark.parametrize(
    "text", ["a < b and c > d", "i <3 you", "AT&T; sold", "room #12, &c", "[NAME]"]
)
def test_what_only_looks_like_markup_is_left_alone(text):
    assert not markup(parts(text)).found


def test_the_example_shows_the_place_in_a_long_text():
    found = markup(parts("x" * 500 + "<br>" + "y" * 500))
    assert "<br>" in found.examples[0]
    assert len(found.examples[0]) < 110


def test_imbalance_compares_the_largest_with_the_smallest_class():
    found = imbalance(parts(*["t"] * 24, labels=["a"] * 20 + ["b"] * 3 + ["c"]))
    assert found.found
    assert found.numbers["ratio"] == 20
    assert found.sentence == "20 rows of 'a' (83.3%) and 1 of 'c': 20.0 to 1"
    assert not imbalance(parts("t", "t", labels=["a", "b"])).found


def test_no_labels_have_no_imbalance():
    assert imbalance(parts("t", labels=[None])).sentence == "no labels in training"
