"""TensorFlow's file layer, whose errors become those of Python, one sentence each."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import ModuleType

_CHARACTERS = 300


class RemoteFileError(OSError):
    """A file system that could not be reached, or refused.

    It has a number, as what the operating system raises has: so nobody takes it for damaged data.
    """

    def __init__(self, message: str):
        super().__init__(message)
        # No `strerror` beside it, or Python would print both instead of the message.
        self.errno = 5


@contextmanager
def tensorflow_files(address: str) -> Iterator[ModuleType]:
    """Hands out `tf.io.gfile`; as a context manager.

    Args:
        address: str. What it is asked about; it begins with `scheme://`.

    Yields:
        The module.

    Raises:
        ImportError: TensorFlow is not installed.
        FileNotFoundError: there is no such file.
        ValueError: TensorFlow does not know the file system.
        OSError: the file system cannot be reached, or refuses.
    """
    try:
        import tensorflow as tf
    except ImportError as error:
        raise ImportError(
            f"{address}: such paths are read through TensorFlow, which is not installed. "
            "Install it, or copy the files to this machine."
        ) from error
    _check_scheme(address, tf)
    try:
        yield tf.io.gfile
    except tf.errors.NotFoundError as error:
        raise FileNotFoundError(f"{address}: there is no such file.") from error
    except tf.errors.OpError as error:
        said = " ".join(error.message.split())[:_CHARACTERS]
        raise RemoteFileError(
            f"{address}: the file must be within reach. Received: {said}. Is the address right, is "
            "there a network, and do your credentials allow to read it?"
        ) from error


def _check_scheme(address: str, tf: ModuleType) -> None:
    scheme = address.partition("://")[0]
    if scheme in _known(tf):
        return
    # A library that brings more file systems tells TensorFlow of them when it is imported.
    with suppress(ImportError):
        import tensorflow_io  # noqa: F401
    if scheme not in _known(tf):
        known = ", ".join(f"{name}://" for name in _known(tf))
        raise ValueError(
            f"{address}: TensorFlow must know the file system. Received: {scheme}://, while it "
            f"knows {known}. tensorflow-io brings more where it fits this TensorFlow; or copy the "
            "files to this machine."
        )


def _known(tf: ModuleType) -> list[str]:
    return sorted(name for name in tf.io.gfile.get_registered_schemes() if name)
