"""What a classifier has to beat: always the commonest class, and a linear model on n-grams."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.evaluation.metrics import classification_metrics

_INSPECTED_TEXTS = 2_000  # enough to tell Chinese from English
_C = 0.5  # LinearSVC's inverse penalty; fixed, so that no test example has a say in it


def majority_baseline(train: Sequence[Example], test: Sequence[Example]) -> dict:
    """Predicts the commonest class of the training examples for every test example.

    Args:
        train: labelled examples.
        test: labelled examples, with labels that `train` has.

    Returns:
        What `classification_metrics` returns, and `seconds`.

    Example:
        >>> rows = [Example(text="", label=name, source="x", row=0) for name in "aab"]
        >>> majority_baseline(rows, rows)["confusion_matrix"]
        [[2, 0], [1, 0]]
    """
    started = time.perf_counter()
    labels = LabelVocabulary.from_examples(train)
    commonest = np.bincount(labels.encode(train)).argmax()
    predicted = np.full(len(test), commonest)
    return _measured(labels, test, predicted, started)


def linear_baseline(train: Sequence[Example], test: Sequence[Example], *, seed: int) -> dict:
    """Trains a linear support vector machine on TF-IDF n-grams and tests it.

    Word 1-2-grams, or character 1-3-grams where most letters are Chinese, Japanese or Korean; those
    of at least two training texts; sublinear counts.

    Args:
        train: labelled examples of at least two classes.
        test: labelled examples, with labels that `train` has.
        seed: int. Seed of the solver's shuffling.

    Returns:
        What `classification_metrics` returns, and `seconds`.

    Raises:
        ImportError: if scikit-learn is not installed.
        ValueError: if `train` has fewer than two classes, or no n-gram in two of its texts.
    """
    started = time.perf_counter()
    labels = LabelVocabulary.from_examples(train)
    return _measured(labels, test, linear_predictions(train, test, seed=seed), started)


def linear_predictions(
    train: Sequence[Example], test: Sequence[Example], *, seed: int
) -> np.ndarray:
    """Trains the model of `linear_baseline` and returns what it says of each test example.

    Args:
        train: labelled examples of at least two classes.
        test: examples; their labels are not looked at.
        seed: int. Seed of the solver's shuffling.

    Returns:
        [N], the classes as `LabelVocabulary.from_examples(train)` numbers them.

    Raises:
        ImportError: if scikit-learn is not installed.
        ValueError: if `train` has fewer than two classes, or no n-gram in two of its texts.
    """
    labels = LabelVocabulary.from_examples(train)
    vectorizer, classifier = _linear_model(train, seed)
    classifier.fit(vectorizer.fit_transform(_texts(train)), labels.encode(train))
    return classifier.predict(vectorizer.transform(_texts(test)))


def _linear_model(train: Sequence[Example], seed: int) -> tuple:
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.svm import LinearSVC
    except ImportError as error:
        raise ImportError(
            'The linear baseline needs scikit-learn: pip install "keras_pe[demo]"'
        ) from error
    vectorizer = TfidfVectorizer(**_ngrams(train), min_df=2, sublinear_tf=True)
    return vectorizer, LinearSVC(C=_C, random_state=seed)


def _ngrams(train: Sequence[Example]) -> dict:
    if _mostly_cjk(_texts(train[:_INSPECTED_TEXTS])):
        return {"analyzer": "char", "ngram_range": (1, 3)}
    return {"analyzer": "word", "ngram_range": (1, 2)}


def _mostly_cjk(texts: Iterable[str]) -> bool:
    kinds = Counter(_is_cjk(c) for text in texts for c in text if c.isalpha())
    return kinds[True] > kinds[False]


def _is_cjk(letter: str) -> bool:
    # Kana, unified ideographs with extension A, Hangul syllables, the further ideograph planes.
    return (
        "\u3040" <= letter <= "\u30ff"
        or "\u3400" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7a3"
        or letter >= "\U00020000"
    )


def _texts(examples: Sequence[Example]) -> list[str]:
    return [example.all_text for example in examples]


def _measured(
    labels: LabelVocabulary, test: Sequence[Example], predicted: np.ndarray, started: float
) -> dict:
    metrics = classification_metrics(labels.encode(test), predicted, labels.names)
    return metrics | {"seconds": time.perf_counter() - started}
