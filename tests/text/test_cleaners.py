import html
import html.entities

import pytest
import tensorflow as tf

from keras_pe.text.cleaners import CLEANERS


def cleaned(name, text):
    return CLEANERS[name](tf.constant([text])).numpy()[0].decode()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("entities", "Tom &amp; &quot;Jerry&quot; &#39;s", 'Tom & "Jerry" \'s'),
        ("entities", "&amp;lt;b&amp;gt; &AMP; &#x2019;", "<b> & ’"),
        ("entities", "&unknown; & &; AT&T;", "&unknown; & &; AT&T;"),
        (
            "entities",
            "&#x4e2d;&#25991; caf&eacute; &Eacute;&hellip;&#8230; &#x1F600;",
            "中文 café É…… 😀",
        ),
        ("entities", "&#146;&#0;&#xD800;&#9999999;&nbsp;&#160;.", "’\ufffd\ufffd\ufffd  ."),
        ("entities", "&#39 &#; &#x; &#12345678; &#000000039;", "&#39 &#; &#x; &#12345678; '"),
        ("entities", "\x00&lt;\x00", "\x00<\x00"),
        ("tags", "One.<br /><br/>Two<BR>", "One.  Two "),
        ("tags", "<a href='x'>link</a><!-- a\n<b> -->end", " link  end"),
        ("tags", "1 < 2 > 0, <3, a<b", "1 < 2 > 0, <3, a<b"),
        ("control", "a\x00b\x85c\td\ne", "a b c\td\ne"),
        ("control", "inter\u00adnet\ufeff zero\u200bwidth", "internet zerowidth"),
        ("control", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("spaces", "\u3000 a \r\n\t b\u2028c\u00a0", "a b c"),
        ("spaces", "", ""),
    ],
)
def test_what_becomes_of_a_text(name, text, expected):
    assert cleaned(name, text) == expected


@pytest.mark.parametrize("name", CLEANERS)
def test_plain_text_stays_as_it_is(name):
    for text in ("A good film, 电影很好！", "e\u0301 👍🏽", "", "x" * 100_000):
        assert cleaned(name, text) == text


def test_numeric_entities_are_those_of_python():
    codes = [*range(1, 0x250), *range(0x2000, 0x2200), 0x4E2D, 0xFFFD, 0x10000, 0x10FFFD]
    # Python drops control characters and non-characters; here they stay for `control` to clean.
    codes = [code for code in codes if html.unescape(f"&#{code};")]
    for pattern in ("&#{};", "&#x{:x};", "&#X{:04X};"):
        entities = [pattern.format(code) for code in codes]
        found = CLEANERS["entities"](tf.constant(entities)).numpy()
        spaces = dict.fromkeys("\xa0\u2002\u2003\u2009", " ")
        expected = [spaces.get(each, each) for each in map(html.unescape, entities)]
        assert [text.decode() for text in found] == expected
    assert len(codes) > 900


def test_every_name_of_html_4_is_known():
    names = list(html.entities.name2codepoint)
    text = " ".join(f"&{name};" for name in names)
    spaces = str.maketrans(dict.fromkeys("\xa0\u2002\u2003\u2009", " "))
    assert cleaned("entities", text) == html.unescape(text).translate(spaces)
    assert len(names) == 252


def test_entities_are_those_of_their_own_text_in_a_batch_and_in_a_graph():
    texts = ["a &#65;&#66;", "", "&lt;", "plain", "&#x43;z"]
    expected = [b"a AB", b"", b"<", b"plain", b"Cz"]
    assert CLEANERS["entities"](tf.constant(texts)).numpy().tolist() == expected
    signature = [tf.TensorSpec([None], tf.string)]
    in_graph = tf.function(CLEANERS["entities"], input_signature=signature)
    assert in_graph(tf.constant(texts)).numpy().tolist() == expected
    assert in_graph(tf.constant([], tf.string)).numpy().tolist() == []
