import logging
import sys

import numpy as np
import pytest

from keras_pe.data.docstrings import libraries
from keras_pe.data.docstrings.libraries import Library, installed_libraries


def write(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("raise RuntimeError('imported')")


def sources(folder, root):
    return [source for source, _ in Library("x", folder, root).files()]


def test_files_are_named_from_the_root(tmp_path):
    write(tmp_path, "sea/waves.py", "sea/deep/fish.py", "land/hill.py")
    assert sources(tmp_path / "sea", tmp_path) == ["sea/waves.py", "sea/deep/fish.py"]


def test_the_order_is_not_that_of_the_disk(tmp_path):
    names = [f"{letter}.py" for letter in "qwertyuiopasdfgh"]
    write(tmp_path, *names, *(f"{letter}/x.py" for letter in "qwertyuiopasdfgh"))
    expected = sorted(names) + [f"{letter}/x.py" for letter in sorted("qwertyuiopasdfgh")]
    assert sources(tmp_path, tmp_path) == expected


@pytest.mark.parametrize(
    "name",
    [
        "tests/waves.py",
        "test/waves.py",
        "deep/tests/waves.py",
        "idlelib/waves.py",
        "site-packages/waves.py",
        "dist-packages/waves.py",
        "test_waves.py",
        "waves_test.py",
        "conftest.py",
        "waves.pyi",
        "waves.txt",
    ],
)
def test_tests_and_other_peoples_files_are_left_out(tmp_path, name):
    write(tmp_path, name, "testing/waves.py", "contest.py")
    assert sources(tmp_path, tmp_path) == ["contest.py", "testing/waves.py"]


def test_the_keras_inside_tensorflow_is_left_out_and_nothing_beside_it(tmp_path):
    write(tmp_path, "tensorflow/python/keras/losses.py", "tensorflow/python/keras_util.py")
    write(tmp_path, "tensorflow/lite/keras/losses.py", "keras/python/keras/losses.py")
    assert sources(tmp_path / "tensorflow", tmp_path) == [
        "tensorflow/lite/keras/losses.py",
        "tensorflow/python/keras_util.py",
    ]
    assert sources(tmp_path / "keras", tmp_path) == ["keras/python/keras/losses.py"]


def test_the_standard_library_and_a_package_are_found_without_an_import(tmp_path, monkeypatch):
    write(tmp_path, "shallow_sea/__init__.py")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(libraries, "DISTRIBUTIONS", {"shallow_sea": "numpy"})
    python, sea = installed_libraries()
    assert (python.label, sea.label) == ("python", "shallow_sea")
    assert "json/decoder.py" in [source for source, _ in python.files()]
    assert [source for source, _ in sea.files()] == ["shallow_sea/__init__.py"]
    assert (sea.folder, sea.root) == (tmp_path / "shallow_sea", tmp_path)
    assert "shallow_sea" not in sys.modules


def test_the_version_is_the_one_pip_knows(monkeypatch):
    monkeypatch.setattr(libraries, "DISTRIBUTIONS", {"numpy": "numpy", "json": "no-such-package"})
    _, numpy, unknown = installed_libraries()
    assert numpy.version == np.__version__
    assert unknown.version == ""


@pytest.mark.parametrize("left_behind", [[], ["shallow_sea/notes.txt"], ["shallow_sea.py"]])
def test_a_missing_package_is_named_with_the_command(tmp_path, monkeypatch, caplog, left_behind):
    write(tmp_path, *left_behind)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(libraries, "DISTRIBUTIONS", {"shallow_sea": "shallow-sea"})
    with caplog.at_level(logging.WARNING):
        found = installed_libraries()
    assert [library.label for library in found] == ["python"]
    assert "shallow_sea is not installed" in caplog.text
    assert "pip install shallow-sea" in caplog.text
