"""Opens UTF-8 text files, packed or not, and says exactly where one is broken."""

import gzip
import io
import re
import shlex
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

# The line ends of `open(newline="")`. `str.splitlines` knows more, U+0085 among them, which
# stands inside texts of IMDB and would cut them in two.
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_FOREIGN_STARTS = {
    b"\x1f\x8b": "gzip data; give the file a name that ends in .gz",
    b"PK\x03\x04": "an archive or an Excel workbook; save it as CSV UTF-8",
    b"\xff\xfe": "UTF-16 text; {convert}",
    b"\xfe\xff": "UTF-16 text; {convert}",
}


def text_lines(path: Path) -> Iterator[str]:
    r"""Yields the lines of a UTF-8 file with their line ends, and unpacks `.gz`.

    A line ends with `\n`, `\r\n` or `\r`. A byte order mark at the start is dropped.

    Args:
        path: Path. The file; it is unpacked if its name ends in `.gz`.

    Returns:
        An iterator of str.

    Raises:
        ValueError: the file holds bytes that are not UTF-8 or are NUL, or damaged gzip data.
    """
    try:
        with _open_bytes(path) as file:
            yield from _decoded_lines(path, file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(
            f"{path}: the file must be whole gzip data. Received: {error}. "
            "Pack it or copy it once more."
        ) from error


def _open_bytes(path: Path) -> BinaryIO:
    if _is_packed(path):
        # `GzipFile` reads lines in Python; the buffer around it does so in C.
        return io.BufferedReader(gzip.open(path))
    return open(path, "rb")


def _is_packed(path: Path) -> bool:
    return path.name.lower().endswith(".gz")


def _decoded_lines(path: Path, file: BinaryIO) -> Iterator[str]:
    row, offset = 1, 0
    for data in file:
        if offset == 0:
            _check_start(path, data)
        text = _decoded(path, data, row, offset)
        offset += len(data)
        for line in _LINE.findall(text) if "\r" in text else (text,):
            yield line
            row += 1


def _check_start(path: Path, data: bytes) -> None:
    for start, found in _FOREIGN_STARTS.items():
        if data.startswith(start):
            found = found.format(convert=_convert(path, "UTF-16"))
            raise ValueError(f"{path}:1: the file must be UTF-8 text. Received: {found}.")


def _decoded(path: Path, data: bytes, row: int, offset: int) -> str:
    mark = len(_BYTE_ORDER_MARK) if offset == 0 and data.startswith(_BYTE_ORDER_MARK) else 0
    try:
        text = data[mark:].decode()
    except UnicodeDecodeError as error:
        raise ValueError(_broken(path, data, mark + error.start, row, offset)) from error
    if "\0" in text:
        raise ValueError(_broken(path, data, data.index(b"\0"), row, offset))
    return text


def _broken(path: Path, data: bytes, bad: int, row: int, offset: int) -> str:
    row += len(re.findall(rb"\r\n?|\n", data[:bad]))
    file = "unpacked file" if _is_packed(path) else "file"
    return (
        f"{path}:{row}: the file must be UTF-8 text without NUL bytes. Received: byte "
        f"0x{data[bad]:02x} at offset {offset + bad} of the {file}. If it is text in another "
        f"encoding, {_convert(path, 'GB18030')} (or LATIN1, ...)."
    )


def _convert(path: Path, encoding: str) -> str:
    command = f"iconv -f {encoding} -t UTF-8"
    old = shlex.quote(str(path))
    new = shlex.quote(str(path.with_name(f"utf8_{path.name}")))
    if _is_packed(path):
        return f"convert it: gzip -dc {old} | {command} | gzip > {new}"
    return f"convert it: {command} {old} > {new}"
