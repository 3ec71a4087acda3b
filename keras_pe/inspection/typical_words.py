"""The words that tell a class from the others."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from keras_pe.data.cjk import CJK_CHARACTERS
from keras_pe.data.example import Example

_WORD = re.compile(rf"[^\W\d_{CJK_CHARACTERS}]{{2,}}")
_CJK_RUN = re.compile(rf"(?:(?=[^\W\d_])[{CJK_CHARACTERS}])+")
_FEWEST_TEXTS = 3
# How many words each class is thought to have seen before: this share of all, and not more than.
_PRIOR_SHARE, _PRIOR_WORDS = 0.1, 1_000.0


def typical_words(examples: Sequence[Example], *, count: int = 12) -> dict[str, list[str]]:
    """Finds for each class the words that stand in more of its texts than chance would have it.

    The score of a word is its log-odds ratio between the class and the others, with the frequencies
    in all texts as prior, divided by its standard error (Monroe, Colaresi and Quinn 2008, "Fightin'
    Words"). A word counts once per text. Chinese, Japanese and Korean give pairs of neighbouring
    characters instead of words.

    Args:
        examples: sequence of Example; those without a label are left out.
        count: int. Words per class.

    Returns:
        dict from label to words, the most typical first; none where no word leans that way.

    Example:
        >>> rows = [Example(f"the {word}", word, "f", 1) for word in ("tea", "rain") * 9]
        >>> typical_words(rows)
        {'rain': ['rain'], 'tea': ['tea']}
    """
    by_class: dict[str, Counter[str]] = {}
    everywhere: Counter[str] = Counter()
    for example in examples:
        words = () if example.label is None else _words(example.all_text)
        everywhere.update(words)
        for label in example.labels:
            by_class.setdefault(label, Counter()).update(words)
    vocabulary = sorted(word for word, texts in everywhere.items() if texts >= _FEWEST_TEXTS)
    total = _counts(everywhere, vocabulary)
    return {
        label: _highest(_scores(_counts(by_class[label], vocabulary), total), vocabulary, count)
        for label in sorted(by_class)
    }


def _words(text: str) -> set[str]:
    text = text.lower()
    pairs = (run[at : at + 2] for run in _CJK_RUN.findall(text) for at in range(len(run) - 1))
    return {*_WORD.findall(text), *pairs}


def _counts(words: Counter[str], vocabulary: Iterable[str]) -> np.ndarray:
    return np.array([words[word] for word in vocabulary], np.float64)


def _scores(own: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Returns one z-score per word: above 0 where it is commoner in the class than elsewhere."""
    if not len(own):
        return own
    prior = total * min(_PRIOR_SHARE, _PRIOR_WORDS / total.sum())
    others = total - own
    inside, outside = own + prior, others + prior
    log_odds = np.log(inside / (inside.sum() - inside + 1e-9)) - np.log(
        outside / (outside.sum() - outside + 1e-9)
    )
    return log_odds / np.sqrt(1 / inside + 1 / outside)


def _highest(scores: np.ndarray, vocabulary: Sequence[str], count: int) -> list[str]:
    best = np.argsort(-scores, kind="stable")[:count]
    # 1.645: what chance alone passes once in twenty.
    return [vocabulary[at] for at in best if scores[at] > 1.645]
