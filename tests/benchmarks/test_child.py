"""Contenders in processes of their own."""

import os
import sys

import numpy as np
import pytest

from benchmarks.child import Child, ChildError
from benchmarks.cores import chosen_core
from benchmarks.environments import lacking, versions

WORKING = "tests.benchmarks.working_child"


def test_a_child_is_prepared_once_and_answers_every_request():
    with Child(WORKING, {"factor": 3}) as child:
        answers = [child.ask(number) for number in (2, 5)]
    assert [answer["result"]["product"] for answer in answers] == [6, 15]
    assert all(answer["wall_s"] >= 0 and answer["cpu_s"] >= 0 for answer in answers)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no processor affinity here")
def test_a_child_stays_on_its_core():
    core = min(os.sched_getaffinity(0))
    with Child(WORKING, {"factor": 1}, core=core) as child:
        assert child.ask(1)["result"]["cores"] == 1
    with Child(WORKING, {"factor": 1}) as child:
        assert child.ask(1)["result"]["cores"] == len(os.sched_getaffinity(0))


def test_a_child_that_fails_says_why_in_one_sentence():
    said = "triple must work. Received: ValueError: `request` must not be 'fail'."
    with Child(WORKING, {"factor": 3}, title="triple") as child:
        with pytest.raises(ChildError, match=f"^{said}$"):
            child.ask("fail")
        with pytest.raises(ChildError):
            child.ask(1)


def test_a_child_that_is_waited_for_still_answers():
    with Child(WORKING, {"factor": 3}) as child:
        child.wait_until_prepared()
        child.wait_until_prepared()
        assert child.ask(2)["result"]["product"] == 6


@pytest.mark.parametrize("wait", [True, False])
def test_a_child_that_cannot_be_prepared_says_why(wait):
    with (
        Child("tests.benchmarks.nowhere", {}, title="none") as child,
        pytest.raises(ChildError, match="none must work. Received: ModuleNotFoundError"),
    ):
        child.wait_until_prepared() if wait else child.ask()


def test_what_is_missing_is_said_with_what_makes_it():
    assert lacking(sys.executable, ("json", "numpy")) is None
    said = lacking(sys.executable, ("json", "nowhere_to_be_found"))
    assert said.startswith("nowhere_to_be_found must be installed there: `make venv-backends`")
    said = lacking("/nowhere/python", ("torch",))
    assert "`make venv-backends` makes one" in said
    assert said.endswith("--peers_python=/nowhere/python, which does not exist.")


def test_the_core_is_one_that_may_be_used(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {2, 5}, raising=False)
    assert (chosen_core(None), chosen_core(2), chosen_core(-1)) == (5, 2, None)
    with pytest.raises(ValueError, match=r"`core` must be -1 or one of \[2, 5\]. Received: core=3"):
        chosen_core(3)


def test_versions_are_those_of_the_other_python():
    found = versions(sys.executable, ("numpy", "pytest"))
    assert found == f"numpy: {np.__version__}, pytest: {pytest.__version__}"
