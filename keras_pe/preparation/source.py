"""What is read in one go: some files, or a part of a named set."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.hubs import HubSet, hub_parts, is_of_hub
from keras_pe.data.load import how_to_read, load_splits, refuse_other_problems
from keras_pe.data.readers import read_examples
from keras_pe.data.readers.files import find_files
from keras_pe.files.remote_path import RemotePath, as_path

# Many small files are read together, or each would have files of its own for every bucket.
_MOST = 64


@dataclass(frozen=True, kw_only=True)
class Source:
    """Names some examples of a part.

    Args:
        part: str. `train`, `validation` or `test`.
        name: str. The first file, or what the set is called.
        files: sequence of (path, arguments of `read_examples`).
        examples: iterable of Example with a length, where there is no file.
        is_divided: bool. Whether its parts are as they shall be, whatever they share.
    """

    part: str
    name: str
    files: Sequence[tuple[str, Mapping]] = ()
    examples: Collection[Example] | HubSet | None = None
    is_divided: bool = False

    @property
    def is_file(self) -> bool:
        """Whether there are files, which any process can read."""
        return self.examples is None

    def read(self) -> Iterator[Example]:
        """Yields the examples; a file may have none."""
        if not self.is_file:
            return iter(self.examples)
        return chain.from_iterable(
            read_examples(as_path(path), may_be_empty=True, **how) for path, how in self.files
        )

    @property
    def state(self) -> list:
        """What changes when the source does: its name, number, size and time."""
        if not self.is_file:
            return [self.part, self.name, len(self.examples), 0, 0]
        facts = [file.stat() for path, _ in self.files for file in _files_in(path)]
        newest = max((fact.st_mtime_ns for fact in facts), default=0)
        return [self.part, self.name, len(facts), sum(fact.st_size for fact in facts), newest]


def find_sources(settings) -> list[Source]:
    """Returns what the settings name, the training part first.

    Args:
        settings: `RunConfig`, or a config that has the fields of `DataConfig`.

    Returns:
        List of `Source`.

    Raises:
        ValueError: neither or both of `dataset` and `train_file` are set, or a setting is wrong.
        FileNotFoundError: a file does not exist.
    """
    refuse_other_problems(settings)
    if is_of_hub(settings.dataset) and settings.train_file is None:
        return [
            Source(part=part, name=settings.dataset, examples=examples)
            for part, examples in hub_parts(settings).items()
        ]
    if settings.train_file is None or settings.dataset is not None:
        splits = load_splits(settings)
        parts = {"train": splits.train, "validation": splits.validation, "test": splits.test}
        return [
            Source(part=part, name=settings.dataset, examples=examples, is_divided=True)
            for part, examples in parts.items()
            if examples
        ]
    paths = {
        "train": settings.train_file,
        "validation": settings.validation_file,
        "test": settings.test_file,
    }
    return [
        source for part, path in paths.items() if path for source in _of_files(settings, part, path)
    ]


def _of_files(settings, part: str, path: str) -> Iterator[Source]:
    files = [(str(file), how_to_read(settings, file, part)) for file in find_files(path)]
    size = -(-len(files) // _MOST)
    for start in range(0, len(files), size):
        some = files[start : start + size]
        yield Source(part=part, name=some[0][0], files=some)


def _files_in(path: str | Path | RemotePath) -> list[Path | RemotePath]:
    path = as_path(path)
    inside = sorted(path.iterdir(), key=str) if path.is_dir() else []
    return [path, *chain.from_iterable(map(_files_in, inside))]
