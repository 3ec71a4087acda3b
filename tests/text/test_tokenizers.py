import re

import pytest
import tensorflow as tf

from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.tokenizers import TOKENIZERS, load_tokenizer

TEXTS = ["Tea and teas", "茶 and tea", "tea, tea"]
SETTINGS = {"vocabulary_size": 40, "lowercase": False}


def learned(name):
    kind = TOKENIZERS[name]
    return kind.learn(TEXTS, **{each: SETTINGS[each] for each in kind.learning_settings})


def test_every_name_is_the_kind_of_a_tokenizer():
    assert len(TOKENIZERS) > 0
    for name, kind in TOKENIZERS.items():
        assert issubclass(kind, Tokenizer)
        assert kind.kind == name


@pytest.mark.parametrize("name", TOKENIZERS)
def test_a_saved_tokenizer_is_found_again_whichever_it_is(name, tmp_path):
    tokenizer = learned(name)
    tokenizer.save(tmp_path)
    loaded = load_tokenizer(tmp_path)
    assert type(loaded) is TOKENIZERS[name]
    texts = tf.constant(TEXTS)
    assert loaded.tokenize(texts).to_list() == tokenizer.tokenize(texts).to_list()


def test_a_kind_that_does_not_exist_is_refused(tmp_path):
    (tmp_path / "tokenizer.json").write_text('{"kind": "syllables"}', encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape("must be one of: wordpiece")):
        load_tokenizer(tmp_path)
