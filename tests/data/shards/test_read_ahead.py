"""What comes next is fetched while something else is worked on."""

import threading

import pytest

from keras_pe.data.shards.read_ahead import read_ahead


def test_the_next_item_is_fetched_while_one_is_in_use():
    second = threading.Event()

    def items():
        yield "first"
        second.set()
        yield "second"

    read = read_ahead(items())
    assert next(read) == "first"
    assert second.wait(timeout=30)
    assert list(read) == ["second"]


def test_it_is_one_item_ahead_and_no_more():
    fetched = []
    read = read_ahead(fetched.append(n) or n for n in range(10))
    next(read)
    read.close()  # Waits for what is being fetched.
    assert fetched == [0, 1]


def test_a_fault_of_the_items_comes_where_they_are_used():
    def items():
        yield 1
        raise OSError("the disk is gone")

    read = read_ahead(items())
    assert next(read) == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(read)
