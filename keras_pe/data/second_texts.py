"""Whether texts come in pairs where pairs are wanted."""

from collections.abc import Sequence


def checked_second_texts(
    texts: Sequence, second_texts: Sequence | None, *, wanted: bool
) -> Sequence:
    """Returns the second text of each text; None for each where texts are single.

    Args:
        texts: sequence of texts.
        second_texts: sequence of texts, or None.
        wanted: bool. Whether the model was trained on pairs.

    Raises:
        ValueError: second texts are missing, not wanted, or not as many as texts.

    Example:
        >>> checked_second_texts(["a", "b"], None, wanted=False)
        [None, None]
    """
    if wanted and second_texts is None:
        raise ValueError("`second_texts` must be given: the model was trained on pairs of texts.")
    if not wanted and second_texts is not None:
        raise ValueError("`second_texts` must be left out: the model was trained on single texts.")
    if second_texts is None:
        return [None] * len(texts)
    if len(second_texts) != len(texts):
        raise ValueError(
            "`second_texts` must be as many as `texts`. "
            f"Received: {len(texts)} texts, {len(second_texts)} second texts"
        )
    return second_texts
