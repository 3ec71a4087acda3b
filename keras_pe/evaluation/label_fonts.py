"""Which labels the installed fonts can draw, and with which fonts."""

from collections.abc import Sequence

# Chinese first. matplotlib's own default has no CJK glyphs, and draws a box for each.
_PREFERRED = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "PingFang HK",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti TC",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)
# The first two draw a box for every character there is; colour bitmaps do not scale.
_UNFIT = ("last resort", "adobe blank", "emoji")


def drawable_labels(
    labels: Sequence[str], numbers: Sequence[object]
) -> tuple[list[str], list[str]]:
    """Replaces each label that would show empty boxes by its number.

    Args:
        labels: texts of one line.
        numbers: one per label, drawn in its place.

    Returns:
        The labels to draw, and the font families to draw them with.
    """
    from matplotlib.font_manager import FontProperties, findfont

    families = list(FontProperties().get_family())
    drawable = _characters(findfont(FontProperties()))
    missing = set("".join(labels)) - drawable
    if missing:
        family, added = _family_for(missing)
        families += family
        drawable |= added
    chosen = [
        label if label.strip() and drawable.issuperset(label) else str(number)
        for label, number in zip(labels, numbers, strict=True)
    ]
    return chosen, families


def _family_for(missing: set[str]) -> tuple[list[str], set[str]]:
    """Returns the installed family that has most of the missing characters, and which it has."""
    best: tuple[list[str], set[str]] = ([], set())
    for family, path in _installed_fonts():
        found = missing & _characters(path)
        if len(found) > len(best[1]):
            best = [family], found
        if found == missing:
            break
    return best


def _installed_fonts() -> list[tuple[str, str]]:
    """Returns (family, file) of every upright font of normal weight, the preferred ones first."""
    from matplotlib.font_manager import fontManager

    fonts = {
        entry.name: entry.fname
        for entry in fontManager.ttflist
        if entry.style == "normal"
        and entry.weight in (400, "normal", "regular")
        and not any(word in entry.name.lower() for word in _UNFIT)
    }
    rank = {name: index for index, name in enumerate(_PREFERRED)}
    return sorted(fonts.items(), key=lambda font: (rank.get(font[0], len(rank)), font[0]))


def _characters(path: str) -> set[str]:
    """Returns what a font file can draw."""
    from matplotlib.font_manager import get_font

    try:
        return set(map(chr, get_font(path).get_charmap()))
    except (RuntimeError, OSError, ValueError):
        # A damaged or exotic font file is no reason to lose the picture.
        return set()
