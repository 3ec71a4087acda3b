"""Which answers of a served model are not read here."""

from collections.abc import Collection

_OTHER = {"positive": "sets of labels", "value": "numbers"}


def refuse_other_answers(outputs: Collection[str]) -> None:
    """Raises for a model that answers with something else than one label for each text.

    Args:
        outputs: names of the outputs of a model that keras_pe exported.

    Raises:
        ValueError: if it does.

    Example:
        >>> refuse_other_answers(["label", "score", "labels", "scores"])
    """
    other = [said for name, said in _OTHER.items() if name in outputs]
    if other:
        raise ValueError(
            f"A served model is asked here for one label of each text. Received: {other[0]}. Ask "
            "the server as MODEL_CARD.md beside the model says, or predict with --saved_model."
        )
