"""Ways to spoil a file."""

import random

_PIECES = [
    *(b"", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc2\x85", b"\xe4\xbd"),
    *(b",", b"\t", b'"', b'""', b"\n", b"\r", b"\r\n", b"\\", b"\\ud800", b"{", b"}", b"[", b"]"),
    *(
        b"null",
        b"NaN",
        b"1e999",
        b'"label":',
        b"__label__",
        b"PAR1",
        b"ARROW1",
        b"\x1f\x8b",
        b"BZh",
    ),
    *(b"[" * 3_000, b"9" * 5_000, b"a," * 500, b"\x7f\xff\xff\xff", b"\xff" * 8, b'"' * 999),
]


def damaged(content: bytes, draw: random.Random) -> bytes:
    """Returns a file that differs in some places, in one, or in everything."""
    if draw.random() < 0.08:
        return draw.randbytes(draw.randrange(600))
    for _ in range(draw.choice([0, 0, 0, 1, 1, 2, 3, 8])):
        content = draw.choice(_WAYS)(content, draw)
    return content


def _place(content, draw):
    # The first and the last bytes say what the rest is: they are hit more often.
    span = draw.choice([len(content), len(content), 64])
    at = draw.randrange(min(span, len(content)) + 1)
    return at if draw.random() < 0.7 else len(content) - at


def _flip(content, draw):
    at = _place(content, draw)
    return content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :]


def _insert(content, draw):
    at = _place(content, draw)
    return content[:at] + draw.choice(_PIECES) + content[at:]


def _remove(content, draw):
    at = _place(content, draw)
    return content[:at] + content[at + draw.choice([1, 2, 4, 30, 400]) :]


def _cut(content, draw):
    return content[: _place(content, draw)]


def _repeat(content, draw):
    at, size = _place(content, draw), draw.choice([1, 8, 200])
    return content[:at] + content[at : at + size] * draw.choice([2, 50]) + content[at:]


def _swap(content, draw):
    one, other = sorted((_place(content, draw), _place(content, draw)))
    return content[other:] + content[one:other] + content[:one]


def _number(content, draw):
    """Overwrites what may be a length, in the binary formats."""
    at, size = _place(content, draw), draw.choice([2, 4, 8])
    value = draw.choice([0, 1, 2**31 - 1, 2**31, 2**63 - 1, 2**64 - 1, 1_000_000]) % 2 ** (8 * size)
    return content[:at] + value.to_bytes(size, "little") + content[at + size :]


_WAYS = (_flip, _flip, _insert, _insert, _remove, _cut, _repeat, _swap, _number)
