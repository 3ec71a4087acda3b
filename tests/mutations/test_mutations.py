"""Every planted bug is noticed: a test fails in a copy that has it, and passes in one without."""

import pathlib
import re
import shutil

import pytest

from tests.mutations.planted import PLANTED
from tests.programs import run_module

ROOT = pathlib.Path(__file__).parents[2]
COPIED = ("keras_pe", "tests", "apps", "pyproject.toml", "setup.cfg")


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the repository, without what is not read.

    Compiled files come along, which name the second in which their source was written: where a bug
    is planted, that is another one.
    """
    folder = tmp_path_factory.mktemp("mutant")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def noticed_by(copied):
    """What noticed a bug, to be filled in. In the end each of these tests passes without a bug."""
    tests = set()
    yield tests
    if tests:
        done = run_tests(copied, sorted(tests))
        assert done.returncode == 0, f"These fail without a bug too: {done.stdout[-2000:]}"


def run_tests(folder, tests):
    """Runs pytest in the copy, and returns what it did."""
    flags = ["-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    # Python trusts a compiled file of the same second and size: it must not write any.
    where = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return run_module("pytest", *flags, *tests, folder=folder, timeout=1_200, **where)


def test_there_are_enough_of_them_and_no_two_have_the_same_name():
    assert len({mutation.bug for mutation in PLANTED}) == len(PLANTED) >= 20


@pytest.mark.parametrize("mutation", PLANTED, ids=lambda mutation: mutation.bug)
def test_a_bug_has_one_place_where_it_can_be_planted(mutation):
    text = (ROOT / mutation.file).read_text(encoding="utf-8")
    assert text.count(mutation.old) == 1
    assert mutation.new != mutation.old
    compile(text.replace(mutation.old, mutation.new), mutation.file, "exec")


@pytest.mark.mutation
@pytest.mark.parametrize("mutation", PLANTED, ids=lambda mutation: mutation.bug)
def test_a_planted_bug_is_noticed(mutation, copied, noticed_by):
    path = copied / mutation.file
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        done = run_tests(copied, mutation.tests.split())
    finally:
        path.write_text(sound, encoding="utf-8")
    # Failed, and not for want of tests (5), a wrong command (4) or a crash (2, 3).
    assert done.returncode == 1, f"Nobody noticed: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    found = re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
    assert found, done.stdout[-2000:]
    noticed_by.update(found)
