"""Classes that one part has and another has not."""

from keras_pe.data.checks.finding import Finding
from keras_pe.data.checks.parts import Parts

_NAMED = 5


def missing_classes(parts: Parts) -> Finding:
    """Finds classes that are not in every part.

    A class that training lacks cannot be predicted; one that validation or test lacks is not
    measured.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. Its numbers give for each part the names of the classes it lacks.
    """
    classes = {
        name: {label for example in part for label in example.labels}
        for name, part in parts.examples.items()
    }
    everything = set().union(*classes.values())
    missing = {name: sorted(everything - own) for name, own in classes.items()}
    sentences = [f"{name} lacks {_named(labels)}" for name, labels in missing.items() if labels]
    return Finding(
        check="missing classes",
        found=bool(sentences),
        sentence="; ".join(sentences) or "every class in every part",
        numbers=missing,
    )


def _named(labels):
    names = ", ".join(map(repr, labels[:_NAMED]))
    more = ", ..." if len(labels) > _NAMED else ""
    return f"{len(labels)} {'class' if len(labels) == 1 else 'classes'}: {names}{more}"
