"""Opens text files, packed or not, and says exactly where one is broken."""

import codecs
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from keras_pe.data.readers.encoding import exact_encoding, likely_encoding
from keras_pe.data.readers.packed import PACKINGS, is_packed, open_unpacked

# The line ends of `open(newline="")`. `str.splitlines` knows more, U+0085 among them, which
# stands inside texts of IMDB and would cut them in two.
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_LINE_END = re.compile(r"\r\n?|\n")

_FOREIGN_STARTS = {
    **{
        packing.start: f"{packing.name} data; give the file a name that ends in {ending}"
        for ending, packing in PACKINGS.items()
    },
    b"PAR1": "a Parquet file; give the file a name that ends in .parquet",
    b"ARROW1": "an Arrow file; give the file a name that ends in .arrow",
    b"PK\x03\x04": "an archive or an Excel workbook; save it as CSV UTF-8",
}
_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_SAMPLE_BYTES = 2**16


def text_lines(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    r"""Yields the lines of a text file with their line ends, and unpacks `.gz`, `.bz2` and `.zst`.

    A line ends with `\n`, `\r\n` or `\r`. A byte order mark at the start is dropped.

    Args:
        path: Path. The file; it is unpacked if its name ends in one of `PACKINGS`.
        encoding: str. Any text encoding that Python knows.

    Returns:
        An iterator of str.

    Raises:
        ImportError: the library that unpacks the file is not installed.
        ValueError: the file holds bytes that are not of the encoding, NUL characters, or damaged
            packed data.
    """
    with open_unpacked(path) as file:
        yield from _Decoding(path, file, encoding)


class _Decoding:
    """The lines of one file, and how far it was read."""

    def __init__(self, path: Path, file: BinaryIO, encoding: str):
        self._path = path
        self._file = file
        self._encoding = encoding
        self._row = 1
        self._offset = 0
        self._rest: list[str] = []
        self._all_ascii = True

    def __iter__(self) -> Iterator[str]:
        for data in itertools.chain(self._file, [b""]):
            if self._offset == 0:
                self._start(data)
            for line in self._lines(self._decoded(data), is_last=not data):
                yield line
                self._row += 1

    def _start(self, data: bytes) -> None:
        self._encoding = exact_encoding(self._encoding, data)
        self._check_start(data)
        self._decoder = codecs.getincrementaldecoder(self._encoding)()

    def _check_start(self, data: bytes) -> None:
        found = _first_match(_FOREIGN_STARTS, data)
        marked = _first_match(_MARKS, data)
        if not self._encoding.startswith(marked):
            found = f"{marked.upper()} text. Try --encoding={marked}"
        if found:
            raise ValueError(f"{self._path}:1: the file must be {self._kind}. Received: {found}.")

    def _decoded(self, data: bytes) -> str:
        is_start = self._offset == 0
        self._offset += len(data)
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise ValueError(self._broken(error)) from error
        if is_start:
            text = text.removeprefix("\ufeff")
        if "\0" in text:
            raise ValueError(self._nul(text, data))
        self._all_ascii = self._all_ascii and data.isascii()
        return text

    def _lines(self, text: str, *, is_last: bool) -> list[str]:
        if not self._rest and "\r" not in text and text and text.find("\n") == len(text) - 1:
            return [text]
        # `\n` is another byte, or one of several, in some encodings: then data end anywhere.
        self._rest.append(text)
        if "\n" not in text and not is_last:
            return []
        whole, end, rest = "".join(self._rest).rpartition("\n")
        self._rest = [] if is_last or not rest else [rest]
        return _LINE.findall(whole + end + rest if is_last else whole + end)

    def _broken(self, error: UnicodeDecodeError) -> str:
        good, bad = error.object[: error.start], error.object[error.start]
        offset = self._offset - len(error.object) + error.start
        return self._message(good.decode(self._encoding, "replace"), bad, offset, error.object)

    def _nul(self, text: str, data: bytes) -> str:
        before, _, after = text.partition("\0")
        held = len(self._decoder.getstate()[0])
        after = ("\0" + after).encode(self._encoding, "replace")
        return self._message(before, 0, self._offset - held - len(after), data)

    def _message(self, before: str, byte: int, offset: int, data: bytes) -> str:
        row = self._row + len(_LINE_END.findall("".join(self._rest) + before))
        file = "unpacked file" if is_packed(self._path) else "file"
        return (
            f"{self._path}:{row}: the file must be {self._kind} without NUL bytes. Received: byte "
            f"0x{byte:02x} at offset {offset} of the {file}. {self._advice(data)}"
        )

    def _advice(self, data: bytes) -> str:
        # Where earlier lines hold letters in UTF-8, it is a fault and not another encoding.
        if self._all_ascii or self._encoding != "utf-8":
            sample = data + self._file.read(_SAMPLE_BYTES)
            name = likely_encoding(sample, self._encoding)
            if name:
                return f"Try --encoding={name}."
        return "If it is text in another encoding, name it, as in --encoding=big5."

    @property
    def _kind(self) -> str:
        return f"{self._encoding.upper()} text"


def _first_match(starts: dict[bytes, str], data: bytes) -> str:
    return next((name for start, name in starts.items() if data.startswith(start)), "")
