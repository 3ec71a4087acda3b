"""What a server answers instead of scores."""

from keras_pe.client.certificates import is_unverified


class ServerError(OSError):
    """An answer that is an error, or none at all.

    Args:
        code: name of the gRPC status, such as `UNAVAILABLE`; REST's are translated into these.
        message: what the server, or the way to it, says.

    Attributes:
        code: as given.
        message: as given, on one line.
        passing: whether the same request may be answered a moment later.

    Example:
        >>> ServerError("UNAVAILABLE", "the queue is full").passing
        True
    """

    def __init__(self, code: str, message: str):
        self.code = code
        self.message = " ".join(message.split())
        super().__init__(f"{code}: {self.message}")

    @property
    def passing(self) -> bool:
        # A message above a size limit has the code of a full queue, but stays as large as it is.
        too_large = "larger than max" in self.message
        if is_unverified(self.message):
            return False
        return self.code in ("UNAVAILABLE", "RESOURCE_EXHAUSTED") and not too_large
