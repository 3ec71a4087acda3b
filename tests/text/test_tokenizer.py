import json
import random
import re

import pytest
import tensorflow as tf

from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),  # 0 to 4
    *("tea", "##s", "Tea", "cafe", "café"),  # 5 to 9
    *("中", "文", ",", "：", ":"),  # 10 to 14
    *("[", "]", "pad", "cls", "PAD"),  # 15 to 19
    *("x", "##x"),  # 20, 21
]


def tokens(texts, *, lowercase=True):
    tokenizer = WordPieceTokenizer(VOCABULARY, lowercase=lowercase)
    return tokenizer.tokenize(tf.constant(texts, tf.string)).to_list()


@pytest.mark.parametrize(
    ("text", "folded", "as_it_stands"),
    [
        ("Teas, tea", [5, 6, 12, 5], [7, 6, 12, 5]),
        ("café Café", [8, 8], [9, 1]),
        ("中文tea中", [10, 11, 5, 10], [10, 11, 5, 10]),
        ("中：文", [10, 14, 11], [10, 13, 11]),
        ("tea\x00tea\ttea\u3000tea\x85tea", [5] * 5, [5] * 5),
        ("tea soup", [5, 1], [5, 1]),
        ("x" * 100, [20] + [21] * 99, [20] + [21] * 99),
        ("x" * 101, [1], [1]),
        ("", [], []),
        (" \n", [], []),
    ],
    ids=[
        *("english", "accents", "chinese", "full width", "control characters", "unknown word"),
        *("100 bytes", "101 bytes", "empty", "white space"),
    ],
)
def test_texts_become_pieces(text, folded, as_it_stands):
    assert tokens([text]) == [folded]
    assert tokens([text], lowercase=False) == [as_it_stands]


@pytest.mark.parametrize("lowercase", [True, False])
def test_a_special_token_cannot_be_typed(lowercase):
    texts = ["[PAD]", "[CLS] [SEP]", "[MASK]", "[UNK]", "PAD pad"]
    ids = tokens(texts, lowercase=lowercase)
    upper = 17 if lowercase else 19
    first = 18 if lowercase else 1
    assert ids == [
        [15, upper, 16],
        [15, first, 16, 15, 1, 16],
        [15, 1, 16],
        [15, 1, 16],
        [upper, 17],
    ]


def test_bytes_that_are_not_utf_8_count_as_the_replacement_character():
    broken = [b"tea \xff", b"tea\xc3 tea", b"\xe4\xb8 tea", b"\xed\xa0\x80"]
    assert tokens(broken) == tokens([text.decode("utf-8", "replace") for text in broken])
    assert tokens(broken) == [[5, 1], [1, 5], [1, 5], [1]]


def test_text_is_framed_and_cut_with_the_end_kept():
    tokenizer = WordPieceTokenizer(VOCABULARY)
    texts = tf.constant(["tea", "tea, teas", "", "中文中文中文"])
    assert tokenizer.encode(texts, max_length=6).to_list() == [
        [2, 5, 3],
        [2, 5, 12, 5, 6, 3],
        [2, 3],
        [2, 10, 11, 10, 11, 3],
    ]
    assert tokenizer.encode(texts, max_length=3).to_list() == [
        [2, 5, 3],
        [2, 5, 3],
        [2, 3],
        [2, 10, 3],
    ]


def test_padding_stands_on_the_right():
    tokenizer = WordPieceTokenizer(VOCABULARY)
    ids = tokenizer.pad(tokenizer.encode(tf.constant(["", "tea, tea"]), max_length=8))
    assert ids.dtype == tf.int32
    assert ids.numpy().tolist() == [[2, 3, 0, 0, 0], [2, 5, 12, 5, 3]]


def test_no_texts_give_no_rows():
    tokenizer = WordPieceTokenizer(VOCABULARY)
    ids = tokenizer.encode(tf.constant([], tf.string), max_length=8)
    assert ids.to_list() == []
    assert tokenizer.pad(ids).shape == (0, 0)


def test_no_text_whatever_holds_padding_or_lacks_its_frame():
    draw = random.Random(0)
    alphabet = [b"[PAD]", b"[", b"]", b"\x00", b"\xff", b"\xe4\xb8", b" ", "中".encode(), b"tea"]
    texts = [b"".join(draw.choices(alphabet, k=draw.randrange(12))) for _ in range(2_000)]
    rows = WordPieceTokenizer(VOCABULARY).encode(tf.constant(texts), max_length=9).to_list()
    assert {len(row) for row in rows} == set(range(2, 10))
    for row in rows:
        assert (row[0], row[-1]) == (2, 3)
        assert not {0, 2, 3, 4} & set(row[1:-1])


def test_special_tokens_may_have_the_ids_that_bert_gives_them():
    pieces = ["[PAD]", "[unused0]", "[UNK]", "tea", "[CLS]", "[SEP]", "[MASK]"]
    ids = WordPieceTokenizer(pieces).encode(tf.constant(["tea soup"]), max_length=8)
    assert ids.to_list() == [[4, 3, 2, 5]]


def test_a_dataset_of_any_batch_size_gives_the_same_ids():
    tokenizer = WordPieceTokenizer(VOCABULARY)
    texts = ["tea", "中文, tea", "", "Teas teas", "x"]
    batches = (
        tf.data.Dataset.from_tensor_slices(texts)
        .batch(2)
        .map(lambda batch: tokenizer.encode(batch, max_length=5))
    )
    assert batches.element_spec == tf.RaggedTensorSpec([None, None], tf.int32, ragged_rank=1)
    rows = [row for batch in batches for row in batch.to_list()]
    assert rows == tokenizer.encode(tf.constant(texts), max_length=5).to_list()


def test_an_exported_tokenizer_needs_only_the_operations_of_tensorflow_text(tmp_path):
    tokenizer = WordPieceTokenizer(VOCABULARY)
    module = tf.Module()
    module.encode = tf.function(
        lambda texts: tokenizer.pad(tokenizer.encode(texts, max_length=5)),
        input_signature=[tf.TensorSpec([None], tf.string)],
    )
    tf.saved_model.save(module, tmp_path)
    loaded = tf.saved_model.load(tmp_path).encode
    graph = loaded.concrete_functions[0].graph.as_graph_def()
    nodes = [*graph.node, *(node for each in graph.library.function for node in each.node_def)]
    operations = {node.op for node in nodes}
    assert {name for name in operations if not hasattr(tf.raw_ops, name)} == {
        "FastBertNormalize",
        "FastWordpieceTokenizeWithOffsets",
    }
    assert not {name for name in operations if "PyFunc" in name}
    assert loaded(tf.constant([b"", b"tea \xff"])).numpy().tolist() == [[2, 3, 0, 0], [2, 5, 1, 3]]


def test_a_saved_tokenizer_is_the_same_when_loaded(tmp_path):
    pieces = [*VOCABULARY, "##\u2028", "Été"]
    WordPieceTokenizer(pieces, lowercase=False).save(tmp_path / "new" / "folder")
    loaded = WordPieceTokenizer.load(tmp_path / "new" / "folder")
    assert loaded.vocabulary == tuple(pieces)
    assert loaded.lowercase is False
    assert loaded.tokenize(tf.constant(["Tea Été"])).to_list() == [[7, 23]]


def test_a_folder_of_before_there_were_more_settings_still_loads(tmp_path):
    (tmp_path / "vocabulary.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    old = {"kind": "wordpiece", "format": 1, "lowercase": False, "vocabulary_size": 22}
    (tmp_path / "tokenizer.json").write_text(json.dumps(old), encoding="utf-8")
    loaded = WordPieceTokenizer.load(tmp_path)
    assert (loaded.lowercase, loaded.clean, loaded.unicode_normalization) == (False, None, "none")
    assert loaded.tokenize(tf.constant(["Tea"])).to_list() == [[7]]


@pytest.mark.parametrize("name", ["tokenizer.json", "vocabulary.txt"])
def test_a_missing_file_is_named(tmp_path, name):
    WordPieceTokenizer(VOCABULARY).save(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(FileNotFoundError, match=name):
        WordPieceTokenizer.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("tokenizer.json", "{", "", "tokenizer.json: the file must be JSON. Extra data"),
        ("tokenizer.json", "wordpiece", "bytes", "of the kind {'kind': 'wordpiece', 'format': 1}"),
        ("tokenizer.json", '"kind"', '"sort"', "the file must say the `kind` of a tokenizer"),
        ("tokenizer.json", '"format": 1', '"format": 2', "of the kind {'kind': 'wordpiece', "),
        ("tokenizer.json", "true", '"yes"', "with 22 pieces, and tokenizer.json must belong"),
        ("vocabulary.txt", "x\n##x\n", "", "vocabulary.txt, with 20 pieces, and tokenizer.json"),
        ("vocabulary.txt", "tea\n", "x\n", "vocabulary.txt: `vocabulary` must hold every piece"),
    ],
    ids=[
        "no JSON",
        "another kind",
        "no kind",
        "a later format",
        "no bool",
        "cut short",
        "a piece twice",
    ],
)
def test_a_damaged_folder_is_refused(tmp_path, name, old, new, message):
    WordPieceTokenizer(VOCABULARY).save(tmp_path)
    path = tmp_path / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        WordPieceTokenizer.load(tmp_path)


def test_a_list_that_is_no_vocabulary_is_refused():
    with pytest.raises(ValueError, match="`vocabulary` must begin with"):
        WordPieceTokenizer(["tea"])


@pytest.mark.parametrize("texts", ["tea", [["tea"]]], ids=["one string", "a matrix"])
def test_texts_that_are_no_vector_are_refused(texts):
    with pytest.raises(ValueError, match=r"`texts` must have the shape \[B\]. Received: shape="):
        WordPieceTokenizer(VOCABULARY).tokenize(tf.constant(texts))


def test_a_length_without_room_for_text_is_refused():
    with pytest.raises(ValueError, match="`max_length` must be at least 3: .* max_length=2"):
        WordPieceTokenizer(VOCABULARY).encode(tf.constant(["tea"]), max_length=2)
