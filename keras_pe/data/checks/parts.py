"""The parts of a corpus, with what several checks need to know of them."""

from functools import cached_property

from keras_pe.data.content import content
from keras_pe.data.example import Example
from keras_pe.data.splits import Splits


class Parts:
    """Gives the parts of a corpus that hold anything, under the names that findings call them.

    Args:
        splits: `Splits`.

    Example:
        >>> parts = Parts(Splits([Example("A tea.", "x", "f.csv", 2)], [], []))
        >>> list(parts.examples), parts.contents["training"]
        (['training'], ['a tea'])
    """

    def __init__(self, splits: Splits):
        named = {"training": splits.train, "validation": splits.validation, "test": splits.test}
        self.examples: dict[str, list[Example]] = {name: p for name, p in named.items() if p}

    @cached_property
    def contents(self) -> dict[str, list[str]]:
        """What each text is compared by, per part and in the order of its examples."""
        return {
            name: [content(example.all_text) for example in part]
            for name, part in self.examples.items()
        }

    @property
    def total(self) -> int:
        """How many examples there are in all parts."""
        return sum(map(len, self.examples.values()))

    @property
    def are_grouped(self) -> bool:
        """Whether any example has a group."""
        return any(example.group is not None for part in self.examples.values() for example in part)

    def rows(self):
        """Yields (content, example) for every example of every part."""
        for name, part in self.examples.items():
            yield from zip(self.contents[name], part, strict=True)
