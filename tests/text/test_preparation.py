import unicodedata

import pytest
import tensorflow as tf

from keras_pe.text.preparation import UNICODE_NORMALIZATIONS, TextPreparation
from keras_pe.text.spread_sample import spread_sample

TEXTS = ["Café ﬁ ①", "e\u0301", "Ａ한국", "<b>x</b> &amp; y", "\ud800", ""]


def prepared(texts, **settings):
    encoded = [text.encode("utf-8", "replace") for text in texts]
    return [text.decode() for text in TextPreparation(**settings)(tf.constant(encoded)).numpy()]


@pytest.mark.parametrize("form", [form for form in UNICODE_NORMALIZATIONS if form != "none"])
def test_unicode_forms_are_those_of_unicode(form):
    expected = [unicodedata.normalize(form.upper(), text) for text in TEXTS[:4]]
    assert prepared(TEXTS[:4], unicode_normalization=form) == expected


def test_steps_follow_in_the_order_in_which_they_are_named():
    text = ["&lt;b&gt;x &lt; y"]
    assert prepared(text, clean="entities,tags,spaces") == ["x < y"]
    assert prepared(text, clean="tags,entities") == ["<b>x < y"]


def test_by_default_nothing_changes_but_bytes_that_are_no_text():
    assert prepared(TEXTS[:4]) == TEXTS[:4]
    assert TextPreparation()(tf.constant([b"a\xff"])).numpy()[0].decode() == "a\ufffd"


@pytest.mark.parametrize(
    "settings", [{}, {"fold_case": True}, {"clean": "tags"}, {"unicode_normalization": "nfkc"}]
)
def test_texts_are_learned_from_as_they_will_be_seen(settings):
    many = TEXTS * 300
    assert list(TextPreparation(**settings).each(iter(many))) == prepared(many, **settings)


@pytest.mark.parametrize(
    ("settings", "received"),
    [
        ({"clean": "tags"}, "clean='tags', unicode_normalization='none'"),
        ({"unicode_normalization": "nfc"}, "clean=None, unicode_normalization='nfc'"),
    ],
)
def test_changed_texts_have_no_offsets(settings, received):
    said = "Offsets are known only of texts that are neither cleaned nor normalised. Received: "
    with pytest.raises(ValueError, match=said + received):
        TextPreparation(**settings).with_sources(tf.constant(["a"]))


def test_a_form_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="`unicode_normalization` must be one of: none, nfc"):
        TextPreparation(unicode_normalization="NFC")


def test_a_sample_is_spread_evenly_and_below_its_size():
    texts = [str(number).rjust(10) for number in range(1_000)]
    sample = [int(text) for text in spread_sample(iter(texts), most_bytes=1_000)]
    assert 50 < len(sample) <= 100
    steps = {later - earlier for earlier, later in zip(sample, sample[1:], strict=False)}
    assert steps == {16}
    assert spread_sample(texts, most_bytes=10**9) == texts
    assert spread_sample(["x" * 99], most_bytes=5) == ["x" * 99]
