import gzip
import logging
import sys
from pathlib import Path

import pytest

from keras_pe.data.docstrings.cache import load_examples, store_examples, user_cache_folder
from keras_pe.data.example import Example

EXAMPLES = [
    Example("Two\nlines, and é.", label="sea", source="sea/waves.py", row=3),
    Example("", label=None, source="sea/fish.py", row=1),
]


@pytest.fixture
def environment(monkeypatch, tmp_path):
    for name in ("KERAS_PE_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return monkeypatch


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", ".cache/keras_pe"),
        ("darwin", "Library/Caches/keras_pe"),
        ("win32", "AppData/Local/keras_pe"),
    ],
)
def test_each_system_has_its_cache_folder(environment, tmp_path, platform, folder):
    environment.setattr(sys, "platform", platform)
    assert user_cache_folder() == tmp_path / folder


def test_the_environment_moves_the_cache(environment, tmp_path):
    environment.setattr(sys, "platform", "linux")
    environment.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert user_cache_folder() == tmp_path / "xdg" / "keras_pe"
    environment.setenv("KERAS_PE_CACHE", str(tmp_path / "ours"))
    assert user_cache_folder() == tmp_path / "ours"


def test_a_relative_xdg_folder_is_ignored(environment, tmp_path):
    environment.setattr(sys, "platform", "linux")
    environment.setenv("XDG_CACHE_HOME", "here")
    assert user_cache_folder() == tmp_path / ".cache" / "keras_pe"


def test_stored_examples_come_back(tmp_path):
    path = tmp_path / "new" / "folder" / "corpus.jsonl.gz"
    store_examples(EXAMPLES, path)
    assert load_examples(path) == EXAMPLES
    assert [file.name for file in path.parent.iterdir()] == ["corpus.jsonl.gz"]


def test_the_bytes_depend_on_the_examples_alone(tmp_path, monkeypatch):
    store_examples(EXAMPLES, tmp_path / "first")
    monkeypatch.setattr("time.time", lambda: 1e9)
    store_examples(EXAMPLES, tmp_path / "second")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_no_file_is_no_fault(tmp_path, caplog):
    assert load_examples(tmp_path / "nowhere") is None
    assert caplog.text == ""


def broken(content):
    whole = gzip.compress(b'{"text": "a", "label": "b", "source": "c", "row": 1}\n' * 90)
    return {
        "empty": b"",
        "no archive": b"hello",
        "cut": whole[:-9],
        "changed": whole[:-6] + b"\0\0" + whole[-4:],
        "damaged": whole[:20] + b"\xff\xff\xff" + whole[23:],
        "no JSON": gzip.compress(b"hello\n"),
        "no UTF-8": gzip.compress(b"\xff\n"),
        "other fields": gzip.compress(b'{"text": "a"}\n'),
        "no fields": gzip.compress(b"[1]\n"),
    }[content]


@pytest.mark.parametrize(
    "content",
    [
        "empty",
        "no archive",
        "cut",
        "changed",
        "damaged",
        "no JSON",
        "no UTF-8",
        "other fields",
        "no fields",
    ],
)
def test_a_broken_file_is_not_read(tmp_path, content):
    (tmp_path / "corpus").write_bytes(broken(content))
    assert load_examples(tmp_path / "corpus") is None


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path):
    def interrupted():
        yield EXAMPLES[1]
        raise KeyboardInterrupt

    path = tmp_path / "corpus"
    store_examples(EXAMPLES, path)
    with pytest.raises(KeyboardInterrupt):
        store_examples(interrupted(), path)
    assert load_examples(path) == EXAMPLES
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_to_is_a_warning(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING):
        store_examples(EXAMPLES, tmp_path / "file" / "corpus")
    assert "cannot be written" in caplog.text
