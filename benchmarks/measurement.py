"""What a measurement found: rates, spread, and how many times the plain way."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.rounds import Rounds

HEADER = (
    "texts/CPU-s",
    "min-max",
    "x plain",
    "min-max",
    "texts/s",
    "min-max",
    "tokens/s",
    "real",
)


@dataclass(frozen=True)
class Spread:
    """Median, smallest and largest of some rounds.

    Example:
        >>> Spread.of([3.0, 1.0, 2.0])
        Spread(median=2.0, min=1.0, max=3.0)
    """

    median: float
    min: float
    max: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(statistics.median(values), min(values), max(values))


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """Several ways of doing one job on the same texts, the plain way first.

    Args:
        title: str. The job.
        texts: int. Texts of one round.
        tokens: int. Their tokens, padding not counted.
        contenders: one `Rounds` for each way.
    """

    title: str
    texts: int
    tokens: int
    contenders: tuple[Rounds, ...]

    def texts_per_cpu_second(self, contender: Rounds) -> Spread:
        return Spread.of([self.texts / seconds for seconds in contender.cpu_s])

    def texts_per_second(self, contender: Rounds) -> Spread:
        return Spread.of([self.texts / seconds for seconds in contender.wall_s])

    def times_plain(self, contender: Rounds) -> Spread:
        """The ratio of CPU seconds, round by round: neighbours in time are compared."""
        plain = self.contenders[0].cpu_s
        return Spread.of([p / own for p, own in zip(plain, contender.cpu_s, strict=True)])

    def rows(self) -> list[list[str]]:
        """Returns the cells of a table, one row per contender, to go below `HEADER`."""
        return [
            [
                contender.name,
                *_cells(self.texts_per_cpu_second(contender), ",.0f"),
                *_cells(self.times_plain(contender), ".2f"),
                *_cells(self.texts_per_second(contender), ",.0f"),
                f"{self.texts_per_second(contender).median * self.tokens / self.texts:,.0f}",
                "" if contender.fill is None else f"{contender.fill:.0%}",
            ]
            for contender in self.contenders
        ]

    def as_dict(self) -> dict:
        """Returns all that was measured, ready for JSON."""
        return {
            "title": self.title,
            "texts": self.texts,
            "tokens": self.tokens,
            "contenders": [self._contender_as_dict(each) for each in self.contenders],
        }

    def _contender_as_dict(self, contender: Rounds) -> dict:
        return {
            **vars(contender),
            "texts_per_cpu_second": vars(self.texts_per_cpu_second(contender)),
            "texts_per_second": vars(self.texts_per_second(contender)),
            "times_plain": vars(self.times_plain(contender)),
        }


def _cells(spread: Spread, form: str) -> list[str]:
    return [f"{spread.median:{form}}", f"{spread.min:{form}}-{spread.max:{form}}"]
