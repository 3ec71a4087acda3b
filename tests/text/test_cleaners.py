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
