"""Takes out of a docstring what names the library it comes from."""

import inspect
import re

PLACEHOLDER = "_"

# Names that are unmistakable also inside longer ones (`KerasTensor`, `numpydoc`, `ipython`).
_ANYWHERE = r"keras[ _-]?(?:hub|nlp|cv)|tensorflow|keras|numpy|c?python"

# Short ones count only where no letter or digit stands before them. Every word that begins with
# `tf` is of the family: tf2, tfdbg, tfds, TFRecord, TFLite; so is jax2tf.
_AS_A_WORD = r"(?<![a-z0-9])(?:(?:jax2)?tf[a-z0-9]*|np(?![a-z0-9]))"

_NAME = re.compile(f"{_ANYWHERE}|{_AS_A_WORD}", re.IGNORECASE)

# The whole line, since `import _ as _` opens most examples of one library and few of another.
_IMPORT_LINE = re.compile(
    rf"^[ \t]*(?:>>>|\.\.\.)?[ \t]*(?:from|import)[ \t].*(?:{_NAME.pattern}).*\n?",
    re.IGNORECASE | re.MULTILINE,
)


def clean_docstring(docstring: str) -> str:
    """Dedents a docstring and blanks out the names of the libraries.

    Every library's names are blanked in every text, so that a mention of a neighbour and of
    oneself look the same.

    Args:
        docstring: as written in the source.

    Returns:
        The text, line breaks kept.

    Example:
        >>> clean_docstring("Like `np.add`, for a KerasTensor.")
        'Like `_.add`, for a _Tensor.'
    """
    text = _IMPORT_LINE.sub("", inspect.cleandoc(docstring))
    text = _NAME.sub(PLACEHOLDER, text).strip()
    # An escape can put half of a surrogate pair into a docstring, which UTF-8 cannot hold.
    return text.encode(errors="replace").decode()


def count_words(text: str) -> int:
    """Counts the words, separated by white space, that have a letter or a digit.

    Example:
        >>> count_words("x : _ or -- 2")
        3
    """
    return sum(any(map(str.isalnum, word)) for word in text.split())
