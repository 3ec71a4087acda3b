"""Any text as a task that only the order of the words solves."""

import dataclasses
import logging
import re
from collections.abc import Iterable
from hashlib import blake2b

import numpy as np

from keras_pe.data.cjk import CJK_CHARACTERS
from keras_pe.data.example import Example

ORIGINAL, SHUFFLED = "original", "shuffled"

_IS_CHARACTER = re.compile(f"[{CJK_CHARACTERS}]")
_WORD = re.compile(rf"[{CJK_CHARACTERS}]|[^\s{CJK_CHARACTERS}]+")

_logger = logging.getLogger(__name__)


def word_order_examples(examples: Iterable[Example], *, distance: int, seed: int) -> list[Example]:
    """Turns texts into the task of telling them from copies with some words out of place.

    A coin decides whether a text stays, with the label "original", or its words are moved, with the
    label "shuffled": word i gets the key i + U(0, distance), and the words are sorted by their
    keys, so none moves by `distance` places or more. This is repeated until the text is another
    one. No count of words solves it, and the smaller the distance, the finer the order that does.

    Words end at white space; a Chinese, Japanese or Korean character is a word of its own. The
    white space stays in its places, and one space is added where two words would become one. The
    coin and the keys depend on the seed and the text alone, so equal texts give equal examples, and
    no text is there in both forms. Texts without two different words are left out.

    Args:
        examples: iterable of Example. Their labels are not used.
        distance: int, at least 2.
        seed: int.

    Returns:
        List of Example, in the order of `examples`.

    Raises:
        ValueError: `distance` is less than 2.

    Example:
        >>> examples = [Example("we met at the old bridge", "a", "train.csv", 2)]
        >>> (example,) = word_order_examples(examples, distance=3, seed=1)
        >>> example.label, example.text
        ('shuffled', 'we at met old the bridge')
    """
    if distance < 2:
        raise ValueError(f"`distance` must be at least 2. Received: distance={distance}")
    examples = list(examples)
    found = [_example(example, distance, seed) for example in examples]
    kept = [example for example in found if example is not None]
    if len(kept) < len(examples):
        left_out = len(examples) - len(kept)
        _logger.warning("%d texts without two different words are left out.", left_out)
    return kept


def _example(example, distance, seed):
    words = _WORD.findall(example.text)
    if len(set(words)) < 2:
        return None
    random = _random(seed, example.text)
    if random.random() < 0.5:
        return dataclasses.replace(example, label=ORIGINAL)
    moved = words
    while moved == words:
        moved = _moved(words, distance, random)
    return dataclasses.replace(example, text=_in_place(moved, example.text), label=SHUFFLED)


def _random(seed, text):
    """Returns a generator that depends on nothing but the seed and the text."""
    key = f"{seed}\0{text}".encode(errors="surrogatepass")
    return np.random.default_rng(int.from_bytes(blake2b(key, digest_size=16).digest(), "big"))


def _moved(words, distance, random):
    keys = np.arange(len(words)) + random.uniform(0, distance, size=len(words))
    return [words[at] for at in np.argsort(keys, kind="stable")]


def _in_place(words, text):
    """Returns the words with the white space that `text` has between its own."""
    first, *gaps = _WORD.split(text)
    pieces = [first]
    for word, after, gap in zip(words, [*words[1:], ""], gaps, strict=True):
        pieces += [word, gap or _needed_space(word, after)]
    return "".join(pieces)


def _needed_space(word, after):
    alone = not after or _IS_CHARACTER.match(word) or _IS_CHARACTER.match(after)
    return "" if alone else " "
