"""Which labelled texts are read and trained on."""

import pytest

from keras_pe.extrapolation.text_study import TextStudy

SHORT = [("a", "one two"), ("b", "three four"), ("a", "one five"), ("b", "three six")] * 3
LONG = [("a", "one two one two one two one two one"), ("b", "three four " * 12)]


def test_long_texts_are_left_out(tiny_texts):
    study = TextStudy(tiny_texts([*SHORT, *LONG], LONG))
    kept = [study.splits.train[number] for number in study.train.numbers]
    assert kept == [example for example in study.splits.train if len(example.text.split()) <= 4]
    assert study.train.first_tokens.lengths.tolist() == [4] * len(kept)


def test_long_texts_are_cut(tiny_texts):
    study = TextStudy(tiny_texts([*SHORT, *LONG], LONG, long_texts="cut"))
    assert len(study.train) == len(study.splits.train)
    assert study.train.first_tokens.lengths.max() <= 6


def test_of_long_texts_each_pass_reads_another_window(tiny_texts):
    study = TextStudy(tiny_texts([*SHORT, *LONG] * 3, LONG, long_texts="random_window"))
    assert "in each pass a window of at most 6 tokens" in study.description
    passes = [
        study.train.of_pass(seed, number) for seed, number in ((0, 0), (0, 0), (0, 1), (1, 0))
    ]
    assert all(len(texts) == len(study.splits.train) for texts in passes)
    assert all(texts.lengths.max() == 6 for texts in passes)
    ids = [texts.ids.tolist() for texts in passes]
    assert ids[0] == ids[1]
    assert ids[0] != ids[2] != ids[3] != ids[0]


def test_without_a_test_file_validation_texts_stand_in(tiny_texts):
    # Equal texts would all be held out, or none of them.
    long = [(label, f"{text} {number}") for number in range(8) for label, text in LONG]
    config = tiny_texts([*SHORT, *long], [], test_file=None, validation_fraction=0.5)
    study = TextStudy(config)
    assert len(study.test.texts) == len(study.splits.test) > 0
    trained = {(example.source, example.row) for example in study.splits.train}
    assert not trained & {(example.source, example.row) for example in study.splits.test}


def test_beside_a_test_file_all_training_texts_are_trained_on(tiny_texts):
    study = TextStudy(tiny_texts(SHORT, LONG))
    assert len(study.splits.train) == len(SHORT)


@pytest.mark.parametrize(
    ("train", "test", "settings", "said"),
    [
        ([*SHORT[::2], ("b", "three " * 9), ("b", "four " * 9)], LONG, {},
         "Every class must have training texts of at most train_length=6 tokens. Received: texts "),
        (SHORT, SHORT, {}, "must include some of more than train_length=6 .* the longest has 4"),
        (SHORT, [*LONG, ("c", "seven")], {}, "the label must be one of the 2 that training saw"),
        (SHORT, LONG, {"train_length": 2}, "`train_length` must be at least 3 for labelled texts"),
        (SHORT, LONG, {"test_lengths": "9:12"}, "`test_lengths` has no effect with labelled texts"),
        (SHORT, LONG, {"truncation": "tail"}, "`truncation` has no effect with labelled texts"),
        (SHORT, LONG, {"epochs": 9}, "`epochs` has no effect with labelled texts"),
        (SHORT, LONG, {"keep_ids": "disk"}, "`keep_ids` has no effect with labelled texts"),
        (SHORT, LONG, {"text_separator": "-"}, "`text_separator` has no effect"),
        (SHORT, LONG, {"validation_fraction": 0.3}, "`validation_fraction` must not be set beside"),
        (SHORT, LONG, {"validation_file": "a.csv"}, "a.csv"),
        (SHORT, LONG, {"dataset": "docstrings"}, "One of `dataset` and `train_file` must be set"),
    ],
    ids=["no-short", "no-long", "label", "train_length", "test_lengths", "truncation", "epochs",
         "keep_ids", "separator", "fraction", "validation", "both"],
)  # fmt: skip
def test_what_cannot_be_is_refused(tiny_texts, train, test, settings, said):
    with pytest.raises((ValueError, FileNotFoundError), match=said):
        TextStudy(tiny_texts(train, test, **settings))


def test_a_validation_file_beside_a_test_file_is_refused(tiny_texts):
    config = tiny_texts(SHORT, LONG)
    again = tiny_texts(SHORT, LONG, validation_file=config.test_file)
    with pytest.raises(ValueError, match="`validation_file` must not be set beside `test_file`"):
        TextStudy(again)
