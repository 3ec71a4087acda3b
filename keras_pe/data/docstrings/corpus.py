"""The corpus that needs no download: docstrings of installed libraries."""

import hashlib
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from keras_pe.data.docstrings.cache import load_examples, store_examples, user_cache_folder
from keras_pe.data.docstrings.clean import clean_docstring, count_words
from keras_pe.data.docstrings.duplicates import distinct_texts
from keras_pe.data.docstrings.harvest import harvest_docstrings
from keras_pe.data.docstrings.libraries import DISTRIBUTIONS, Library, installed_libraries
from keras_pe.data.example import Example
from keras_pe.data.splits import Splits, group_split

FEWEST_WORDS = 8

# The first seed from 0 that gives every library 8% to 12% of its texts in validation and in test.
# The split draws files, of which some hold hundreds of texts.
SPLIT_SEED = 184

_logger = logging.getLogger(__name__)


def docstring_corpus(
    cache_folder: str | Path | None = None,
    progress: bool = True,
    *,
    libraries: Sequence[Library] | None = None,
) -> Splits:
    """Gives the docstrings of installed libraries, each labelled with its library.

    The files are parsed, never imported or run. The libraries' names are blanked out, near
    duplicates dropped, and all docstrings of a file go to the same split: 80% training, 10%
    validation, 10% test. The same files give the same corpus, in the same order.

    Args:
        cache_folder: where the harvest is kept; by default the user's cache folder.
        progress: whether to show a bar on standard error while harvesting.
        libraries: what to harvest; by default Python, numpy, keras, keras_hub, tensorflow.

    Returns:
        The three splits. A text's place is the file, relative to site-packages or to the standard
        library, and the line where the docstring begins.

    Raises:
        ValueError: fewer than two libraries are there to tell apart.
    """
    libraries = installed_libraries() if libraries is None else list(libraries)
    _check(libraries)
    folder = user_cache_folder() if cache_folder is None else Path(cache_folder)
    path = folder / f"docstrings-{_fingerprint(libraries)}.jsonl.gz"
    examples = load_examples(path)
    if examples is None:
        examples = harvest_libraries(libraries, progress=progress)
        store_examples(examples, path)
    return Splits(*group_split(examples, fractions=(0.8, 0.1, 0.1), seed=SPLIT_SEED))


def harvest_libraries(libraries: Sequence[Library], *, progress: bool = False) -> list[Example]:
    """Reads, cleans and thins out the docstrings of libraries.

    Args:
        libraries: of two near duplicates the copy in the library named first is kept, and
            within a library the longer one.
        progress: whether to show bars on standard error.

    Returns:
        The examples, ordered by library, file and line.
    """
    found = []
    for library in libraries:
        texts = sorted(_read(library, progress), key=lambda text: (text.source, text.row))
        # A stable sort: copies of one length stay in the order of their files.
        found += sorted(texts, key=lambda text: -len(text.text))
    kept = distinct_texts([example.text for example in found], progress=progress)
    _logger.info("%d docstrings, of which %d are distinct", len(found), len(kept))
    order = {library.label: number for number, library in enumerate(libraries)}
    return sorted(
        (found[index] for index in kept),
        key=lambda text: (order[text.label], text.source, text.row),
    )


def _read(library: Library, progress: bool) -> Iterator[Example]:
    for source, path in tqdm(
        list(library.files()), library.label, unit="file", disable=not progress
    ):
        try:
            docstrings = list(harvest_docstrings(path.read_bytes()))
        except (OSError, SyntaxError, ValueError, RecursionError) as error:
            _logger.debug("%s is skipped: %s", source, error)
            continue
        for row, docstring in docstrings:
            text = clean_docstring(docstring)
            if count_words(text) >= FEWEST_WORDS:
                yield Example(text=text, label=library.label, source=source, row=row)


def _check(libraries: Sequence[Library]) -> None:
    if len(libraries) < 2:
        raise ValueError(
            "The docstring corpus must have two libraries or more to tell apart. "
            f"Received: libraries={[library.label for library in libraries]}. "
            f"Install the others: pip install {' '.join(DISTRIBUTIONS.values())}"
        )


def _fingerprint(libraries: Iterable[Library]) -> str:
    """Names what the corpus depends on: this code, Python, the libraries' versions and files."""
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    for library in libraries:
        digest.update(f"{library.label} {library.version}\n".encode())
        for source, path in library.files():
            digest.update(f"{source} {path.lstat().st_size}\n".encode())
    return digest.hexdigest()[:16]
