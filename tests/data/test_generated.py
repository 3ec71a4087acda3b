"""Generated tasks as labelled text."""

import re
from collections import Counter

import pytest
import tensorflow as tf

from keras_pe.data.generated import generated_splits
from keras_pe.tasks import TASKS
from keras_pe.text.wordpiece import learn_wordpiece
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer


def splits_of(name, *, train_size=600, longest=18, seed=0):
    return generated_splits(name, train_size=train_size, longest=longest, seed=seed)


def texts(part):
    return {example.text for example in part}


@pytest.mark.parametrize("name", TASKS)
def test_the_parts_have_their_sizes_and_share_no_text(name):
    splits = splits_of(name)
    assert [len(splits.train), len(splits.validation), len(splits.test)] == [600, 60, 60]
    assert not texts(splits.train) & texts(splits.validation)
    assert not texts(splits.train) & texts(splits.test)
    assert not texts(splits.validation) & texts(splits.test)


@pytest.mark.parametrize("name", TASKS)
def test_an_example_has_its_names(name):
    splits = splits_of(name)
    examples = [*splits.train, *splits.validation, *splits.test]
    assert {example.source for example in examples} == {name}
    assert sorted(example.row for example in examples) == list(range(1, len(examples) + 1))
    assert {example.label for example in splits.train} == set(TASKS[name].classes)
    used = {symbol for example in examples for symbol in example.text.split(" ")}
    assert used == set(TASKS[name].symbols)


def test_lengths_are_uniform_up_to_the_longest():
    splits = splits_of("sum_mod_10", train_size=20_000, longest=10)
    for part in (splits.train, splits.validation, splits.test):
        lengths = Counter(len(example.text.split()) for example in part)
        shares = [lengths[length] / len(part) for length in range(4, 11)]
        assert sorted(lengths)[-1] == 10
        assert shares == pytest.approx([0.1] * 7, abs=0.03)


def test_the_seed_decides():
    assert splits_of("parity") == splits_of("parity")
    assert splits_of("parity") != splits_of("parity", seed=1)


def test_short_texts_can_repeat_within_a_part():
    splits = splits_of("even_pairs", longest=6)
    assert len(texts(splits.train)) < len(splits.train)


@pytest.mark.parametrize("longest", [-1, 0, 1])
def test_too_few_texts_for_three_parts_are_refused(longest):
    said = (
        "`max_length` must leave room for different texts in training, validation and test. "
        f"Received: dataset='parity' with texts of at most {longest} tokens. Choose a larger one."
    )
    with pytest.raises(ValueError, match=re.escape(said)):
        splits_of("parity", longest=longest)


@pytest.mark.parametrize("lowercase", [True, False])
@pytest.mark.parametrize("name", TASKS)
def test_every_symbol_is_one_token_of_its_own(name, lowercase):
    train = splits_of(name, train_size=200).train
    vocabulary = learn_wordpiece(
        (example.text for example in train), vocabulary_size=200, lowercase=lowercase
    )
    tokenizer = WordPieceTokenizer(vocabulary, lowercase=lowercase)
    ids = tokenizer.tokenize(tf.constant(TASKS[name].symbols))
    assert ids.row_lengths().numpy().tolist() == [1] * len(TASKS[name].symbols)
    assert len(set(ids.flat_values.numpy().tolist())) == len(TASKS[name].symbols)
    assert vocabulary.index("[UNK]") not in ids.flat_values.numpy()
