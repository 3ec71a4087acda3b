import pytest

from keras_pe.client.retries import with_retries
from keras_pe.client.server_error import ServerError


def failing(*errors):
    """Raises the errors one after the other, then answers with how often it was asked."""
    left, asked = list(errors), []

    def ask():
        asked.append(1)
        if left:
            raise left.pop(0)
        return len(asked)

    return ask


BUSY = ServerError("UNAVAILABLE", "the queue is full")


@pytest.mark.parametrize("code", ["UNAVAILABLE", "RESOURCE_EXHAUSTED"])
def test_what_passes_is_tried_again_after_longer_and_longer_pauses(code, pauses):
    error = ServerError(code, "later")
    assert with_retries(failing(error, error, error)) == 4
    for pause, longest in zip(pauses, (0.25, 0.5, 1.0), strict=True):
        assert longest / 2 <= pause <= longest


def test_the_sixth_failure_is_the_last(pauses):
    with pytest.raises(ServerError, match="UNAVAILABLE: the queue is full"):
        with_retries(failing(*[BUSY] * 6))
    assert len(pauses) == 5
    assert with_retries(failing(*[BUSY] * 5)) == 6


@pytest.mark.parametrize(
    "error",
    [
        ServerError("INVALID_ARGUMENT", "no such input"),
        ServerError("NOT_FOUND", "no such model"),
        ServerError("DEADLINE_EXCEEDED", "too slow"),
        ServerError("RESOURCE_EXHAUSTED", "Received message larger than max (5 vs. 4)"),
    ],
    ids=lambda error: error.code,
)
def test_what_does_not_pass_is_not_tried_again(error, pauses):
    with pytest.raises(ServerError, match=error.code):
        with_retries(failing(error))
    assert pauses == []


def test_the_log_says_once_why_it_takes_longer(pauses, caplog):
    caplog.set_level("INFO", "keras_pe")
    with_retries(failing(BUSY, BUSY))
    assert [record.getMessage() for record in caplog.records] == [
        "The server did not answer (UNAVAILABLE: the queue is full); asking it again."
    ]
