"""Names of text encodings: which there are, and which one a file is probably in."""

import codecs

# They turn bytes into text, but no file of texts is written in them.
_NOT_FOR_FILES = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}

_MARKS = {
    "utf-16": {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"},
    "utf-32": {b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be"},
}


def check_encoding(name: str) -> None:
    """Raises for a name that is not a text encoding of Python's.

    Args:
        name: str.

    Raises:
        ValueError: There is no such encoding, or it is none of text files.

    Example:
        >>> check_encoding("gb18030")
    """
    try:
        known = codecs.lookup(name).name not in _NOT_FOR_FILES
        # A few, such as base64, turn bytes into bytes; Python refuses to encode a str with them.
        "a".encode(name)
    except (LookupError, ValueError):
        known = False
    if not known:
        raise ValueError(
            "`encoding` must be a text encoding that Python knows, such as utf-8, gb18030, big5, "
            f"cp1252 or utf-16. Received: encoding={name!r}"
        )


def exact_encoding(name: str, start: bytes) -> str:
    r"""Returns the encoding with its byte order, as the mark at the start of the file tells it.

    Without a mark the low byte comes first, as most programs write it.

    Args:
        name: str. An encoding that `check_encoding` let pass.
        start: bytes. The first bytes of the file.

    Returns:
        str.

    Example:
        >>> exact_encoding("UTF16", b"\xfe\xff")
        'utf-16-be'
    """
    name = codecs.lookup(name).name.removesuffix("-sig")
    for mark, exact in _MARKS.get(name, {}).items():
        if start.startswith(mark):
            return exact
    return f"{name}-le" if name in _MARKS else name


def likely_encoding(sample: bytes, instead_of: str) -> str | None:
    """Guesses the encoding of bytes that turned out not to be in the one that was named.

    Args:
        sample: bytes. Some text of the file, from the start of a character on.
        instead_of: str. The encoding it is not in.

    Returns:
        str, or None where none of the few that are looked for is likely, or the sample looks like
        text of the named encoding with a fault in it.

    Example:
        >>> likely_encoding("体育新闻".encode("gbk"), "utf-8")
        'gb18030'
        >>> likely_encoding("Schöne Straße".encode("cp1252"), "utf-8")
        'cp1252'
    """
    if instead_of == "utf-8" and _is_damaged_utf8(sample):
        return None
    for name, fits in _LIKELY.items():
        if name != instead_of and fits(_decoded(sample, name)):
            return name
    return None


def _is_damaged_utf8(sample: bytes) -> bool:
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample)
    broken = text.count("\ufffd")
    return b"\0" not in sample and broken <= sum(char > "\x7f" for char in text) - broken


def _decoded(sample: bytes, name: str) -> str:
    try:
        # Not `sample.decode`: it may end within a character.
        return codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return ""


def _is_plain(text: str) -> bool:
    return bool(text) and not any(char < " " and char not in "\t\n\r\f" for char in text)


def _is_mostly_ascii(text: str) -> bool:
    return _is_plain(text) and 2 * sum(char < "\x80" for char in text) > len(text)


def _is_chinese(text: str) -> bool:
    codes = [char.encode("gb2312", "ignore")[:1] for char in text if char > "\x7f"]
    # The punctuation and the 3,755 common characters of GB 2312; what other encodings look like in
    # this one lies outside of them.
    common = sum(b"\xa1" <= code <= b"\xa3" or b"\xb0" <= code <= b"\xd7" for code in codes)
    return _is_plain(text) and 2 * common > len(codes)


_LIKELY = {
    "utf-8": _is_plain,
    "utf-16-le": _is_mostly_ascii,
    "utf-16-be": _is_mostly_ascii,
    "gb18030": _is_chinese,
    "cp1252": _is_mostly_ascii,
}
