"""The names of ways to cut a text that is longer than a model reads."""

# How many of the pieces that there is room for come from the beginning of a text; the others come
# from its end. A quarter, rounded up, is 128 of 510: Sun et al. (2019), "How to Fine-Tune BERT for
# Text Classification?", https://arxiv.org/abs/1905.05583, section 5.3.
TRUNCATIONS = {
    "head": lambda room: room,
    "tail": lambda room: 0 * room,
    "head_tail": lambda room: (room + 3) // 4,
    # The model cuts the text, or the first of a pair, into windows itself; what is more than the
    # most windows goes.
    "window": lambda room: room,
}


def check_truncation(truncation: str) -> None:
    """Raises `ValueError` if there is no such way to cut."""
    if truncation not in TRUNCATIONS:
        raise ValueError(
            f"`truncation` must be one of: {', '.join(TRUNCATIONS)}. "
            f"Received: truncation={truncation!r}"
        )
