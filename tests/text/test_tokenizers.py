"""What every tokenizer of the table must do, on texts of every kind."""

import re

import pytest
import sentencepiece
import tensorflow as tf

from keras_pe.text.special_tokens import SPECIAL_TOKENS
from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.tokenizers import TOKENIZERS, load_tokenizer

LEARNED_FROM = [
    "The tea and the teas are good, the coffee is not.",
    "茶很好，咖啡不好。中文 and English.",
    "Emoji 😀 and 👍🏽, e\u0301 and é: combining marks.",
    'Numbers 1 2 3, brackets [ ] ( ), "quotes"; PAD CLS.\n',
] * 3
TEXTS = {
    "english": "The tea is good, the coffee too!",
    "chinese": "茶很好。中文很好",
    "emoji": "😀👍🏽 family 👨‍👩‍👧",
    "combining marks": "e\u0301 é E\u0301 q\u0307\u0323",
    "special tokens": "[PAD] [UNK] [CLS][SEP] [MASK] <0x0A> </s>",
    "white space": "  a\tb\r\nc\u3000d\u2028e  ",
    "control characters": "a\x00b\x1fc\x7f",
    "empty": "",
    "spaces": " \n ",
    "100 kB": "The tea 茶 " * 7_000,
    "100 kB without a space": "茶" * 34_000,
}
INVALID = (b"\xff\xfe tea", b"tea \xc3", b"\xed\xa0\x80", b"\x00\xff")
SIZE = 160


@pytest.fixture(scope="module", params=TOKENIZERS)
def kind(request):
    return TOKENIZERS[request.param]


@pytest.fixture(scope="module", params=[True, False], ids=["folded", "as it stands"])
def tokenizer(kind, request):
    return kind.learn(LEARNED_FROM, vocabulary_size=SIZE, lowercase=request.param)


def texts():
    return tf.constant([*(text.encode() for text in TEXTS.values()), *INVALID])


def test_every_name_is_the_kind_of_a_tokenizer():
    assert len(TOKENIZERS) > 0
    for name, kind in TOKENIZERS.items():
        assert issubclass(kind, Tokenizer)
        assert kind.kind == name


def test_special_tokens_come_first_and_the_size_is_kept(tokenizer):
    assert tokenizer.vocabulary[:5] == SPECIAL_TOKENS
    assert len(set(tokenizer.vocabulary)) == len(tokenizer.vocabulary)
    assert len(tokenizer.vocabulary) <= (SIZE if tokenizer.learns else 261)


def test_no_text_holds_a_special_token_but_unknown(tokenizer):
    ids = tokenizer.tokenize(texts())
    assert ids.shape[0] == len(TEXTS) + len(INVALID)
    assert ids.dtype == tf.int32
    found = set(ids.flat_values.numpy().tolist())
    assert not found & {0, 2, 3, 4}
    assert max(found) < len(tokenizer.vocabulary)
    assert tokenizer.tokenize(tf.constant([""])).to_list() == [[]]


def test_bad_bytes_count_as_the_replacement_character(tokenizer):
    replaced = [text.decode("utf-8", "replace") for text in INVALID]
    assert (
        tokenizer.tokenize(tf.constant(INVALID)).to_list()
        == tokenizer.tokenize(tf.constant(replaced)).to_list()
    )


def test_a_text_has_the_same_ids_in_any_company_and_in_a_graph(tokenizer):
    together = tokenizer.tokenize(texts()).to_list()
    alone = [tokenizer.tokenize(texts()[row : row + 1]).to_list()[0] for row in range(6)]
    assert alone == together[:6]
    graph = tf.function(tokenizer.tokenize, input_signature=[tf.TensorSpec([None], tf.string)])
    assert graph(texts()).to_list() == together
    assert graph(tf.constant([], tf.string)).to_list() == []


def test_a_saved_tokenizer_is_found_again_whichever_it_is(tokenizer, tmp_path):
    tokenizer.save(tmp_path)
    loaded = load_tokenizer(tmp_path)
    assert type(loaded) is type(tokenizer)
    assert loaded.vocabulary == tokenizer.vocabulary
    assert loaded.lowercase is tokenizer.lowercase
    assert loaded.tokenize(texts()).to_list() == tokenizer.tokenize(texts()).to_list()


def test_the_same_texts_give_the_same_vocabulary_again(kind, tokenizer):
    again = kind.learn(iter(LEARNED_FROM), vocabulary_size=SIZE, lowercase=tokenizer.lowercase)
    assert again.vocabulary == tokenizer.vocabulary
    assert again.tokenize(texts()).to_list() == tokenizer.tokenize(texts()).to_list()


def test_offsets_say_where_the_pieces_stand(tokenizer):
    ids, starts, ends = tokenizer.tokenize_with_offsets(texts())
    assert ids.to_list() == tokenizer.tokenize(texts()).to_list()
    rows = zip(texts().numpy(), ids.to_list(), starts.to_list(), ends.to_list(), strict=True)
    for text, row, first, last in rows:
        size = len(text.decode("utf-8", "replace").encode())
        assert len(row) == len(first) == len(last)
        assert first == sorted(first)
        assert all(0 <= start <= end <= size for start, end in zip(first, last, strict=True))


def test_known_pieces_are_what_stands_at_their_offsets(tokenizer):
    text = TEXTS["english"].lower()
    ids, starts, ends = tokenizer.tokenize_with_offsets(tf.constant([text]))
    rows = zip(ids.to_list()[0], starts.to_list()[0], ends.to_list()[0], strict=True)
    at_places = [(tokenizer.piece_text(tokenizer.vocabulary[i]), text[a:b]) for i, a, b in rows]
    known = [(piece, place.strip()) for piece, place in at_places if piece.strip()]
    assert len(known) > 4
    assert all(piece == place for piece, place in known)


@pytest.mark.parametrize("name", ["unigram", "bpe", "characters", "bytes"])
def test_texts_come_back_from_their_ids(name):
    written = [text for text in TEXTS.values() if len(text) < 100]
    expected = written
    if name in ("unigram", "bpe"):
        # SentencePiece does not learn from texts with a NUL, and keeps no kinds of white space.
        written = [text for text in written if "\x00" not in text]
        expected = [re.sub("[ \t\r\n\u3000\u2028]+", " ", text).strip() for text in written]
    # All that is asked for is learned from, so nothing is unknown; what looks like a special token
    # is not learned from.
    learned_from = [*written, "[ ] P A D U N K C L S E M"] * 2
    tokenizer = TOKENIZERS[name].learn(learned_from, vocabulary_size=400, lowercase=False)
    back = tokenizer.detokenize(tokenizer.tokenize(tf.constant(written))).numpy()
    assert [text.decode() for text in back] == expected


@pytest.mark.parametrize("name", ["unigram", "bpe"])
def test_sentencepiece_ids_are_those_of_its_own_library(name, tmp_path):
    tokenizer = TOKENIZERS[name].learn(LEARNED_FROM, vocabulary_size=SIZE, lowercase=False)
    tokenizer.save(tmp_path)
    theirs = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "sentencepiece.model"))
    written = list(TEXTS.values())
    assert tokenizer.tokenize(tf.constant(written)).to_list() == theirs.encode(written)


def test_a_kind_that_does_not_exist_is_refused(tmp_path):
    (tmp_path / "tokenizer.json").write_text('{"kind": "syllables"}', encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape("must be one of: wordpiece, unigram")):
        load_tokenizer(tmp_path)


@pytest.mark.parametrize("texts", [[], ["", " \n"]], ids=["no texts", "empty texts"])
def test_texts_without_anything_to_learn_are_refused(kind, texts):
    if kind.kind == "characters":
        texts = [""]
    if kind.learns:
        with pytest.raises(ValueError, match="`texts` must hold at least one .* Received: none"):
            kind.learn(texts, vocabulary_size=100)


@pytest.mark.parametrize("vocabulary_size", [5, 1e4], ids=["too small", "no whole number"])
def test_a_size_without_room_is_refused(kind, vocabulary_size):
    if kind.learns:
        with pytest.raises((ValueError, TypeError), match="`vocabulary_size` must be a"):
            kind.learn(["tea"], vocabulary_size=vocabulary_size)


def test_a_single_string_is_refused(kind):
    with pytest.raises(TypeError, match="`texts` must be an iterable of strings. Received: .*'to"):
        kind.learn("to be", vocabulary_size=100)
