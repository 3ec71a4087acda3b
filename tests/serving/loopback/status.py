"""Answers that are errors."""

import grpc

HTTP = {  # http_server.cc, ToHTTPStatusCode
    "INVALID_ARGUMENT": 400,
    "FAILED_PRECONDITION": 400,
    "NOT_FOUND": 404,
    "RESOURCE_EXHAUSTED": 429,
    "UNIMPLEMENTED": 501,
    "UNAVAILABLE": 503,
    "DEADLINE_EXCEEDED": 504,
}
NAMES = {code.value[0]: code.name for code in grpc.StatusCode}


class StatusError(Exception):
    """A status with the name of its code."""

    def __init__(self, code, message):
        self.code = code
        super().__init__(message)


def invalid(message):
    return StatusError("INVALID_ARGUMENT", message)
