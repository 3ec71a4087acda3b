"""Charts as inline SVG: no library, no font of ours, and sharp at any size."""

from html import escape

_WIDTH, _HEIGHT = 720, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 56, 28
_INK, _BAR, _RULE, _MARK = "#66727f", "#4a7fb5", "#e2e7ec", "#b3631a"


def length_chart(histogram: dict, cut: dict[str, float]) -> str:
    """Draws the lengths of texts, with a line at each limit.

    Args:
        histogram: what `length_histogram` returns.
        cut: dict from limit to the share of texts above it.

    Returns:
        An SVG element.
    """
    counts, width = histogram["counts"], histogram["width"]
    last = len(counts) * width
    inside = [(int(limit), share) for limit, share in cut.items() if int(limit) < last]
    marks = [_mark(*each, last, line) for line, each in enumerate(inside)]
    beyond = f"{histogram['beyond']:,} longer texts are not drawn" if histogram["beyond"] else ""
    parts = [*_count_axis(max(counts)), *_bars(counts), *_length_axis(last), *marks]
    parts.append(_text(_WIDTH - _RIGHT, _HEIGHT - 2, beyond, "end"))
    parts.append(_text(_LEFT, _HEIGHT - 2, "tokens", "start"))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="lengths in tokens">'
        + "".join(parts)
        + "</svg>"
    )


def _bars(counts):
    step = (_WIDTH - _LEFT - _RIGHT) / len(counts)
    for at, count in enumerate(counts):
        height = (_HEIGHT - _TOP - _BOTTOM) * count / max(counts)
        yield (
            f'<rect fill="{_BAR}" x="{_LEFT + at * step:.1f}" y="{_HEIGHT - _BOTTOM - height:.1f}" '
            f'width="{max(step - 1, 0.5):.1f}" height="{height:.1f}"/>'
        )


def _mark(limit, share, last, line):
    """Draws a limit, its words on a line of their own: limits may stand close together."""
    x, y = _place(limit, last), 11 + 13 * line
    return (
        f'<line stroke="{_MARK}" stroke-dasharray="4 3" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 9}" '
        f'y2="{_HEIGHT - _BOTTOM}"/>'
    ) + _text(x + 4, y, f"{limit}: {share:.1%} cut", "start", _MARK)


def _length_axis(last):
    step = _round_step(last / 8)
    for tick in range(0, last, step):
        yield _text(_place(tick, last), _HEIGHT - _BOTTOM + 13, f"{tick:,}", "middle")


def _count_axis(most):
    step = _round_step(most / 4)
    for tick in range(0, most + 1, step):
        y = _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * tick / most
        ends = f'x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
        yield f'<line stroke="{_RULE}" {ends}/>'
        yield _text(_LEFT - 5, y + 3, f"{tick:,}", "end")


def _place(length, last):
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * length / last


def _round_step(least):
    """Returns the smallest of 1, 2, 5, 10, 20, 50, ... that is not below `least`."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power >= least:
                return factor * power
        power *= 10


def _text(x, y, words, anchor, colour=_INK):
    if not words:
        return ""
    style = f'font-size="11" font-family="sans-serif" fill="{colour}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'
