"""One damaged file after the other, each read or refused by one sentence that names it."""

import contextlib
import json
import pathlib
import random
import shutil
import signal
from collections import Counter

from keras_pe.data.readers import READERS, read_examples
from tests.fuzz.corpora import BINARY, ENCODINGS, PACKINGS, TEXT, draw_rows
from tests.fuzz.damage import damaged

_SECONDS = 20
_LONGEST_SENTENCE = 3_000
_ODD = "a\nb"


class Fault(Exception):
    """A reader did what it must not do."""


class ReaderFuzz:
    """Draws files and settings from a seed, and reads them.

    Args:
        folder: Where the files are written.
        seed: int.
    """

    def __init__(self, folder, seed):
        self.outcomes = Counter()
        self._folder = pathlib.Path(folder)
        self._seed = seed
        self._number = 0

    def step(self):
        """Reads one more; raises `Fault`, and leaves the file, if the reader did wrong."""
        draw = random.Random(f"{self._seed} {self._number}")
        self._number += 1
        case = self._folder / f"{self._seed}-{self._number}"
        case.mkdir(parents=True)
        path, kind, settings = _write(case, draw)
        (case / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        try:
            with _limit(_SECONDS):
                outcome = _read(path, settings)
        except Fault as fault:
            raise Fault(f"{path} with {settings}: {fault}") from fault
        self.outcomes[f"{kind} {outcome}"] += 1
        shutil.rmtree(case)


def _write(case, draw):
    rows = draw_rows(draw)
    kind = draw.choice([*TEXT, *BINARY, "folder"])
    settings = {"labelled": draw.random() < 0.7}
    if kind == "folder":
        settings["encoding"] = encoding = draw.choice(ENCODINGS)
        return _write_folder(case / "set", rows, encoding, draw), kind, settings
    name = f"a{kind}"
    if kind in BINARY:
        content = BINARY[kind](rows)
    else:
        settings["encoding"] = encoding = draw.choice(ENCODINGS)
        text, packing = TEXT[kind](rows), draw.choice(list(PACKINGS))
        if draw.random() < 0.1:
            settings["encoding"] = draw.choice(ENCODINGS)  # Not that of the file.
        content = text.encode(encoding, "replace")
        # Damage below the packing reaches the reader, damage above it the unpacking.
        content = damaged(content, draw) if draw.random() < 0.5 else content
        content, name = PACKINGS[packing](content), name + packing
    if draw.random() < 0.05:
        settings["format"] = draw.choice([each for each in READERS if each != "folder"])
        settings.pop("encoding", None)
    if draw.random() < 0.05 and kind not in (".ft",) and "format" not in settings:
        settings["text_column"] = draw.choice(["label,text", "nothing", "text,text", ","])
    path = case / name
    path.write_bytes(damaged(content, draw))
    return path, kind, settings


def _write_folder(folder, rows, encoding, draw):
    for at, (text, label) in enumerate(rows):
        packing = draw.choice(list(PACKINGS))
        file = folder / label / f"{at}.txt{packing}"
        file.parent.mkdir(parents=True, exist_ok=True)
        content = PACKINGS[packing](text.encode(encoding, "replace"))
        file.write_bytes(damaged(content, draw) if draw.random() < 0.1 else content)
    if draw.random() < 0.2:
        (folder / draw.choice(["empty", ".hidden", _ODD, "c\udcff"])).mkdir(exist_ok=True)
    if draw.random() < 0.1:
        (folder / "loop").symlink_to(folder)
    if draw.random() < 0.1:
        (folder / "gone.txt").symlink_to(folder / "nowhere")
    return folder


def _read(path, settings):
    try:
        for example in read_examples(path, **settings):
            _check_example(example, settings)
    except ValueError as error:
        _check_sentence(str(error), path)
        return "refused"
    except Fault:
        raise
    except BaseException as error:
        raise Fault(f"{type(error).__name__}: {error}") from error
    return "read"


def _check_example(example, settings):
    example.text.encode()
    if settings["labelled"] and not example.label:
        raise Fault(f"an example without a label: {example}")


def _check_sentence(sentence, path):
    # A setting without effect and a wrong format are refused before a file is opened.
    about_settings = sentence.startswith("`") or "to be read as it is told" in sentence
    if not about_settings and not sentence.startswith(str(path)):
        raise Fault(f"the file is not named: {sentence}")
    sentence = sentence.replace(_ODD, "")  # A name may hold a line break.
    if "\n" in sentence or len(sentence) > _LONGEST_SENTENCE:
        raise Fault(f"more than a sentence: {sentence[:500]}")


@contextlib.contextmanager
def _limit(seconds):
    def stop(*_):
        raise Fault(f"no answer for {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
