"""What is done to texts before they are cut into pieces, inside the graph."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import tensorflow as tf
import tensorflow_text as tf_text

from keras_pe.text.cleaners import CLEANERS

# Names, and what TensorFlow Text calls them.
UNICODE_NORMALIZATIONS = {"none": None, "nfc": "NFC", "nfd": "NFD", "nfkc": "NFKC", "nfkd": "NFKD"}
_TEXTS_AT_ONCE = 512

ToSource = Callable[[tf.RaggedTensor], tf.RaggedTensor]


class TextPreparation:
    """Makes texts valid UTF-8, cleans them, normalises their Unicode and folds their case.

    In this order, with operations of TensorFlow and TensorFlow Text alone, so that an exported
    model repeats it. Bytes that are not UTF-8 become U+FFFD.

    Args:
        clean: str. Names of `CLEANERS`, by comma, in the order in which they are applied; or None.
        unicode_normalization: str. One of `UNICODE_NORMALIZATIONS`.
        fold_case: bool. Whether to fold case, strip accents and make all white space and control
            characters spaces, as BERT does.

    Raises:
        ValueError: a name is unknown, or a cleaner is named twice.

    Example:
        >>> prepare = TextPreparation(clean="tags", unicode_normalization="nfkc", fold_case=True)
        >>> prepare(tf.constant(["Ｃafé<br/>ﬁn"])).numpy()[0].decode()
        'cafe fin'
    """

    def __init__(
        self,
        *,
        clean: str | None = None,
        unicode_normalization: str = "none",
        fold_case: bool = False,
    ):
        self._cleaners = [CLEANERS[name] for name in _checked(clean)]
        if unicode_normalization not in UNICODE_NORMALIZATIONS:
            raise ValueError(
                f"`unicode_normalization` must be one of: {', '.join(UNICODE_NORMALIZATIONS)}. "
                f"Received: unicode_normalization={unicode_normalization!r}"
            )
        self._form = UNICODE_NORMALIZATIONS[unicode_normalization]
        self._settings = f"clean={clean!r}, unicode_normalization={unicode_normalization!r}"
        self._fold = (
            tf_text.FastBertNormalizer(lower_case_nfd_strip_accents=True) if fold_case else None
        )

    def __call__(self, texts: tf.Tensor) -> tf.Tensor:
        """Returns the prepared texts, [B] string."""
        # TensorFlow Text gives the same ids for raw bytes, but does not promise to.
        texts = tf.strings.unicode_transcode(texts, "UTF-8", "UTF-8", errors="replace")
        for clean in self._cleaners:
            texts = clean(texts)
        if self._form:
            texts = tf_text.normalize_utf8(texts, self._form)
        return texts if self._fold is None else self._fold.normalize(texts)

    def with_sources(self, texts: tf.Tensor) -> tuple[tf.Tensor, ToSource]:
        """Returns the prepared texts, and a function from their offsets to those of `texts`.

        Args:
            texts: [B] string.

        Returns:
            [B] string, and a function from offsets [B, None], in bytes, to offsets of valid UTF-8.

        Raises:
            ValueError: texts are cleaned or normalised, which keeps no offsets.
        """
        if self._cleaners or self._form:
            raise ValueError(
                "Offsets are known only of texts that are neither cleaned nor normalised. "
                f"Received: {self._settings}"
            )
        texts = tf.strings.unicode_transcode(texts, "UTF-8", "UTF-8", errors="replace")
        if self._fold is None:
            return texts, lambda offsets: offsets
        folded, sources = self._fold.normalize_with_offsets(texts)
        return folded, lambda offsets: tf.gather(sources, offsets, batch_dims=1)

    def each(self, texts: Iterable[str]) -> Iterator[str]:
        """Yields texts of Python, prepared; some hundreds are prepared at once."""
        if not (self._cleaners or self._form or self._fold):
            yield from (text.encode("utf-8", "replace").decode() for text in texts)
            return
        remaining = iter(texts)
        while chunk := list(islice(remaining, _TEXTS_AT_ONCE)):
            encoded = tf.constant([text.encode("utf-8", "replace") for text in chunk])
            for text in self(encoded).numpy():
                yield text.decode()


def _checked(clean: str | None) -> list[str]:
    names = [name.strip() for name in clean.split(",")] if clean else []
    for name in names:
        if name not in CLEANERS:
            raise ValueError(
                f"`clean` must name some of: {', '.join(CLEANERS)}. Received: clean={clean!r}"
            )
    if len(set(names)) < len(names):
        raise ValueError(f"`clean` must name each step once. Received: clean={clean!r}")
    return names
