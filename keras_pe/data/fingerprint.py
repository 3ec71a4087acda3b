"""A short text that is the same only for the same examples in the same order."""

import hashlib
import json

from keras_pe.data.splits import Splits


def fingerprint(splits: Splits) -> str:
    """Returns counts and a hash of each part of a corpus, as JSON.

    Args:
        splits: `Splits`.

    Returns:
        JSON text.

    Example:
        >>> from keras_pe.data.example import Example
        >>> one = Splits([Example("a", "x", "f", 1)], [], [])
        >>> other = Splits([Example("a", "y", "f", 1)], [], [])
        >>> fingerprint(one) == fingerprint(other)
        False
    """
    parts = {"train": splits.train, "validation": splits.validation, "test": splits.test}
    facts = {
        name: {"examples": len(examples), "blake2b": _hash(examples)}
        for name, examples in parts.items()
    }
    return json.dumps(facts, indent=2) + "\n"


def _hash(examples):
    state = hashlib.blake2b(digest_size=16)
    for example in examples:
        weight = [] if example.weight is None else [example.weight]
        state.update(json.dumps([*example.texts, example.label, *weight]).encode())
    return state.hexdigest()
