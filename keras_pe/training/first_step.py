"""How long it took until training began."""

import logging
import time

import keras

logger = logging.getLogger(__name__)


class FirstStep(keras.callbacks.Callback):
    """Logs how many seconds passed until the first training step was done.

    Args:
        since: float. Reading of `time.monotonic()` from which to count: when the program began.

    Example:
        >>> callback = FirstStep(since=time.monotonic())
        >>> callback.on_train_batch_end(0)
        >>> callback.seconds < 60
        True
    """

    def __init__(self, since):
        super().__init__()
        self._since = since
        self.seconds = None

    def on_train_batch_end(self, batch, logs=None):
        if self.seconds is None:
            self.seconds = time.monotonic() - self._since
            logger.info("First training step after %.1f s", self.seconds)
