import pytest

from keras_pe.client.text_batches import as_utf8, text_batches

TEXTS = [b"x" * length for length in (5, 1, 4, 0, 9, 3)]


def test_texts_of_similar_length_stand_together():
    assert list(text_batches(TEXTS, batch_size=2)) == [[3, 1], [5, 2], [0, 4]]


def test_a_batch_holds_no_more_bytes_than_it_may():
    # 0 + 1 + 3 bytes, then 4 + 5 would be too many.
    assert list(text_batches(TEXTS, 10, batch_bytes=7)) == [[3, 1, 5], [2], [0], [4]]


def test_a_text_above_the_limit_goes_alone():
    assert list(text_batches([b"x" * 9, b"x" * 8], 10, batch_bytes=4)) == [[1], [0]]


def test_by_default_a_megabyte_goes_at_once():
    texts = [b"x" * 300_000] * 4
    assert [len(rows) for rows in text_batches(texts, 32)] == [3, 1]


def test_there_is_no_batch_of_no_texts():
    assert list(text_batches([], 4)) == []


def test_a_batch_must_hold_a_text():
    with pytest.raises(ValueError, match="at least 1. Received: batch_size=0"):
        list(text_batches(TEXTS, 0))


def test_a_lone_surrogate_becomes_bytes_that_are_no_text():
    (text,) = as_utf8(["\ud800"])
    assert text.decode("utf-8", "replace").strip("\ufffd") == ""


def test_one_text_is_not_taken_for_a_list_of_letters():
    with pytest.raises(TypeError, match="list of texts. Received: texts='good'"):
        as_utf8("good")
