import logging
import sys

import pytest

from keras_pe.data.docstrings import corpus, docstring_corpus
from keras_pe.data.docstrings.corpus import harvest_libraries
from keras_pe.data.docstrings.libraries import Library


def write(path, *docstrings):
    path.parent.mkdir(parents=True, exist_ok=True)
    functions = [f'def f{i}():\n    """{text}"""\n' for i, text in enumerate(docstrings)]
    path.write_text("raise RuntimeError('imported')\n" + "".join(functions))


@pytest.fixture
def libraries(tmp_path):
    """Two libraries of 40 files with texts that differ; their places and labels are known."""
    for label in ("sea", "land"):
        for file in range(40):
            text = " ".join(f"{label}{file}w{word} it" for word in range(6))
            more = " ".join(f"{label}{file}v{word} is" for word in range(6))
            write(tmp_path / label / f"m{file:02}.py", letters(text), letters(more))
    return [Library(label, tmp_path / label, tmp_path) for label in ("sea", "land")]


def letters(text):
    """Spells digits, which the search for duplicates takes for one number."""
    return "".join("abcdefghij"[int(char)] if char.isdigit() else char for char in text)


def test_every_text_has_its_label_and_its_place(libraries, tmp_path):
    splits = docstring_corpus(tmp_path / "cache", progress=False, libraries=libraries)
    examples = splits.train + splits.validation + splits.test
    assert len(examples) == 160
    for example in examples:
        assert example.source.startswith(f"{example.label}/m")
        line = (tmp_path / example.source).read_text().splitlines()[example.row - 1]
        assert line.strip() == f'"""{example.text}"""'
    for part in (splits.train, splits.validation, splits.test):
        assert part == sorted(part, key=lambda e: (["sea", "land"].index(e.label), e.source, e.row))


def test_no_file_is_in_two_splits(libraries, tmp_path):
    splits = docstring_corpus(tmp_path / "cache", progress=False, libraries=libraries)
    parts = [{e.source for e in part} for part in (splits.train, splits.validation, splits.test)]
    assert all(parts)
    assert sum(map(len, parts)) == len(set().union(*parts)) == 80
    assert len(parts[0]) > 50


def test_nothing_is_imported(libraries, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    docstring_corpus(tmp_path / "cache", progress=False, libraries=libraries)
    assert not {"sea", "land", "sea.m00"} & sys.modules.keys()


def test_the_same_files_give_the_same_bytes(libraries, tmp_path):
    first = docstring_corpus(tmp_path / "first", progress=False, libraries=libraries)
    second = docstring_corpus(tmp_path / "second", progress=False, libraries=libraries)
    assert first == second
    (left,), (right,) = (tmp_path / "first").iterdir(), (tmp_path / "second").iterdir()
    assert (left.name, left.read_bytes()) == (right.name, right.read_bytes())


def test_a_second_call_reads_the_cache(libraries, tmp_path, monkeypatch):
    first = docstring_corpus(tmp_path / "cache", progress=False, libraries=libraries)
    monkeypatch.setattr(corpus, "harvest_libraries", None)
    assert docstring_corpus(tmp_path / "cache", progress=False, libraries=libraries) == first


def test_the_users_cache_folder_is_the_default(libraries, tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_PE_CACHE", str(tmp_path / "mine"))
    docstring_corpus(progress=False, libraries=libraries)
    (file,) = (tmp_path / "mine").iterdir()
    assert file.name.startswith("docstrings-")
    assert file.name.endswith(".jsonl.gz")


def test_a_broken_cache_is_made_again(libraries, tmp_path, caplog):
    first = docstring_corpus(tmp_path / "cache", progress=False, libraries=libraries)
    (file,) = (tmp_path / "cache").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with caplog.at_level(logging.WARNING):
        assert docstring_corpus(tmp_path / "cache", progress=False, libraries=libraries) == first
    assert f"{file} cannot be read" in caplog.text
    assert file.read_bytes() == whole


@pytest.mark.parametrize("change", ["a file", "the version"])
def test_other_libraries_are_harvested_anew(libraries, tmp_path, change):
    docstring_corpus(tmp_path / "cache", progress=False, libraries=libraries)
    if change == "a file":
        write(tmp_path / "sea" / "m00.py", "Whales sing for hours when nobody is there to listen.")
    else:
        libraries[0] = Library("sea", tmp_path / "sea", tmp_path, "2.0")
    docstring_corpus(tmp_path / "cache", progress=False, libraries=libraries)
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_the_bar_goes_to_standard_error_and_can_be_turned_off(libraries, tmp_path, capsys):
    docstring_corpus(tmp_path / "first", libraries=libraries)
    out, err = capsys.readouterr()
    assert out == ""
    assert "sea: 100%" in err
    docstring_corpus(tmp_path / "second", progress=False, libraries=libraries)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("labels", [[], ["sea"]])
def test_one_library_is_not_enough(tmp_path, labels):
    libraries = [Library(label, tmp_path, tmp_path) for label in labels]
    with pytest.raises(
        ValueError, match=r"two libraries or more.*pip install numpy keras keras-hub"
    ):
        docstring_corpus(tmp_path, libraries=libraries)


LONG = "Lifts the anchor, turns the rudder and sets every sail that is still whole before noon."


@pytest.mark.parametrize(
    ("sea", "land", "kept"),
    [
        ([LONG], [LONG], [("sea", LONG)]),
        ([LONG], [LONG + " Then it waits."], [("sea", LONG)]),
        ([LONG, LONG + " Then it waits."], [], [("sea", LONG + " Then it waits.")]),
        (
            [LONG.replace("anchor", "tf"), LONG.replace("anchor", "np")],
            [],
            [("sea", LONG.replace("anchor", "_"))],
        ),
        (["Seven words are not enough here, sorry."], [LONG], [("land", LONG)]),
        (["Seven words, and numpy, are not enough."], [LONG], [("land", LONG)]),
        (
            ["Eight words are just enough to be kept."],
            [],
            [("sea", "Eight words are just enough to be kept.")],
        ),
    ],
    ids=[
        "first library",
        "near copy",
        "longest",
        "after blanking",
        "short",
        "short when blanked",
        "eight",
    ],
)
def test_which_texts_are_kept(tmp_path, sea, land, kept):
    write(tmp_path / "sea" / "m.py", *sea)
    write(tmp_path / "land" / "m.py", *land)
    found = harvest_libraries(
        [Library(name, tmp_path / name, tmp_path) for name in ("sea", "land")]
    )
    assert [(example.label, example.text) for example in found] == kept


def test_a_file_that_cannot_be_read_is_skipped_and_logged(tmp_path, caplog):
    write(tmp_path / "sea" / "whole.py", LONG)
    (tmp_path / "sea" / "old.py").write_text("print 'Python 2'")
    (tmp_path / "sea" / "zeros.py").write_bytes(b"\0")
    (tmp_path / "sea" / "gone.py").symlink_to(tmp_path / "nowhere")
    with caplog.at_level(logging.DEBUG, logger=corpus.__name__):
        splits = docstring_corpus(
            tmp_path / "cache",
            progress=False,
            libraries=[Library(name, tmp_path / name, tmp_path) for name in ("sea", "land")],
        )
    assert [len(p) for p in (splits.train, splits.validation, splits.test)].count(0) == 2
    for name in ("old", "zeros", "gone"):
        assert f"sea/{name}.py is skipped" in caplog.text


def test_a_long_text_is_kept_whole(tmp_path):
    text = "\n\n".join(letters(f"Line number{n} of a very long story.") for n in range(1000))
    write(tmp_path / "sea" / "m.py", text)
    (example,) = harvest_libraries([Library("sea", tmp_path / "sea", tmp_path)])
    assert example.text == text
