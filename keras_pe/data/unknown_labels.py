"""What becomes of held-out texts whose label no model can answer with."""

import logging
from collections import Counter
from collections.abc import Collection, Sequence

from keras_pe.data.checks.finding import count_of
from keras_pe.data.example import Example

_NAMED = 5

_logger = logging.getLogger(__name__)


def with_known_labels(
    examples: Sequence[Example], names: Collection[str], *, part: str
) -> list[Example]:
    """Leaves out the examples with a label that is not among those known, and logs how many.

    What is measured on the others says nothing about those that are left out.

    Args:
        examples: sequence of Example. Validation or test.
        names: collection of str. The labels that there are.
        part: str. What the message calls the examples.

    Returns:
        List of Example, in the order of `examples`. Those without any label are in it: they are
        another fault.

    Raises:
        ValueError: none of the examples has a known label.

    Example:
        >>> examples = [Example("", label, "test.csv", 2) for label in ("a", "b", "a")]
        >>> len(with_known_labels(examples, {"a"}, part="test"))
        2
    """
    names = set(names)
    unknown = [example for example in examples if not names.issuperset(example.labels)]
    if not unknown:
        return list(examples)
    if len(unknown) == len(examples):
        raise ValueError(
            f"{unknown[0].place}: a {part} row must have a label that training saw. "
            f"Received: {count_of(len(unknown), 'row')}, none of which has one."
        )
    _logger.warning(
        "Left out %s with a label that training never saw: %s, first %s.",
        *(count_of(len(unknown), f"{part} row"), _counted(unknown, names), unknown[0].place),
    )
    return [example for example in examples if names.issuperset(example.labels)]


def _counted(examples, names):
    labels = (label for example in examples for label in example.labels if label not in names)
    counts = Counter(labels).most_common()
    named = ", ".join(f"{label!r} ({count:,})" for label, count in counts[:_NAMED])
    more = len(counts) - _NAMED
    return f"{named} and {more} other labels" if more > 0 else named
