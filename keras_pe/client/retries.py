"""Asks again where a server is busy, or not there for a moment."""

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

from keras_pe.client.server_error import ServerError

Answer = TypeVar("Answer")
_logger = logging.getLogger(__name__)
_PAUSES_S = (0.25, 0.5, 1.0, 2.0, 4.0)


def with_retries(ask: Callable[[], Answer]) -> Answer:
    """Returns the answer, asking up to five times more where an error may pass.

    The pauses double, and are shortened by chance, so that clients that were turned away together
    do not come back together.

    Args:
        ask: asks once; raises `ServerError`.

    Raises:
        ServerError: the last one, or the first that will not pass.
    """
    for attempt, seconds in enumerate(_PAUSES_S):
        try:
            return ask()
        except ServerError as error:
            if not error.passing:
                raise
            if attempt == 0:
                _logger.info("The server did not answer (%s); asking it again.", error)
            time.sleep(seconds * random.uniform(0.5, 1.0))
    return ask()
