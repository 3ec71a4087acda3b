"""What `TextPreparation` does to texts, in plain Python."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from keras_pe.text.plain.plain_entities import plain_entity


class PlainPreparation:
    """Makes a text valid UTF-8, cleans it, normalises its Unicode and replaces its characters.

    Unicode's normal forms are those of Python: they may differ for characters that only its version
    of Unicode, or only that of TensorFlow Text, knows.

    Args:
        characters: as `character_table` returns it; the last step.
        cleaning: pairs of a regular expression and what is put for it: see `CLEANER_PATTERNS`.
        unicode_normalization: none, nfc, nfd, nfkc or nfkd.

    Example:
        >>> table = {"separate": [], "alone": [[33, 33]], "removed": [], "replaced": {"T": "t"}}
        >>> PlainPreparation(table, [("<[^>]*>", "")])("Tea <b>two</b>!")
        'tea two ! '
    """

    def __init__(
        self,
        characters: Mapping,
        cleaning: Sequence[Sequence[str]] = (),
        unicode_normalization: str = "none",
    ):
        self._become = _translation(characters)
        self._cleaning = [(re.compile(pattern), _becomes(put)) for pattern, put in cleaning]
        self._form = unicode_normalization.upper()

    def __call__(self, text: str | bytes) -> str:
        """Returns the prepared text; bytes that are not UTF-8 count as U+FFFD."""
        if isinstance(text, str):
            text = text.encode("utf-8", "surrogatepass")
        text = text.decode("utf-8", "replace")
        for pattern, becomes in self._cleaning:
            text = pattern.sub(becomes, text)
        if self._form != "NONE":
            text = unicodedata.normalize(self._form, text)
        return text.translate(self._become)


def _becomes(put: str | Mapping) -> Callable[[re.Match], str]:
    if isinstance(put, str):
        return lambda found: put
    return lambda found: plain_entity(found[1], put)


def _translation(characters: Mapping) -> dict[int, str]:
    """Returns what `str.translate` needs."""
    become = {}
    for kind, form in (("separate", " "), ("alone", None), ("removed", "")):
        for first, last in characters[kind]:
            for point in range(first, last + 1):
                become[point] = f" {chr(point)} " if form is None else form
    return become | {ord(one): text for one, text in characters["replaced"].items()}
