"""A file of TensorFlow's file layer as Python's own."""

import io
from typing import BinaryIO

from keras_pe.files.tensorflow_files import tensorflow_files

# Requests of a remote file system are slow to start.
_BUFFER_BYTES = 2**20


def open_remote_file(address: str) -> BinaryIO:
    """Opens a file for reading bytes, as `open(path, "rb")` does.

    `tf.io.gfile.GFile` itself has no `readinto` and no `readable`, which gzip, pyarrow and buffers
    want (TensorFlow 2.21).

    Args:
        address: str. Scheme and path.

    Returns:
        A binary file.

    Raises:
        As `tensorflow_files`; what fails later is raised where it is read.
    """
    return _Buffered(_Raw(address), _BUFFER_BYTES)


class _Raw(io.RawIOBase):
    """Bytes straight from TensorFlow."""

    def __init__(self, address: str):
        super().__init__()
        self.name = address
        with tensorflow_files(address) as gfile:
            self._file = gfile.GFile(address, "rb")
            self.size = self._file.size()
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def readinto(self, buffer) -> int:
        wanted = min(len(buffer), self.size - self._at)
        if wanted <= 0:
            return 0
        with tensorflow_files(self.name):
            self._file.seek(self._at)
            data = self._file.read(wanted)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


class _Buffered(io.BufferedReader):
    """Never asks for more than the file holds, whatever a damaged file says of lengths."""

    def read(self, size: int | None = -1) -> bytes:
        limited = size is not None and size >= 0
        return super().read(min(size, self.raw.size) if limited else -1)
