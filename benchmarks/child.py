"""A contender in a process of its own, with the Python environment and the core it is given."""

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class ChildError(RuntimeError):
    """What a child said before it ended, in one sentence."""


class Child:
    """Runs a contender elsewhere: prepared once, then one piece of work whenever it is asked.

    Args:
        module: str. Has a function `prepare(**arguments)` that returns a function of a request;
            requests and what that function returns are JSON values.
        arguments: keyword arguments of `prepare`.
        python: str. The interpreter; its environment is what the contender needs.
        core: int. The one core that it may use; None for all.
        environment: variables of the process; None for those of this one.
        title: str. Names the contender if it fails.

    Example:
        >>> with Child("operator", {}, title="broken") as child:
        ...     child.ask()
        Traceback (most recent call last):
        benchmarks.child.ChildError: broken must work. Received: AttributeError: ...
    """

    def __init__(
        self,
        module: str,
        arguments: Mapping[str, object],
        *,
        python: str = sys.executable,
        core: int | None = None,
        environment: Mapping[str, str] | None = None,
        title: str = "the contender",
    ):
        self._title = title
        self._prepared = False
        # Closed by `close`: it lives as long as the process does.
        self._errors = tempfile.TemporaryFile(  # noqa: SIM115
            "w+", encoding="utf-8", errors="replace"
        )
        self._process = subprocess.Popen(
            [python, "-m", "benchmarks.child_main", module, json.dumps([core, arguments])],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="utf-8",
        )

    def wait_until_prepared(self) -> None:
        """Returns once it can be asked: preparing itself, it takes the processor from others.

        Raises:
            ChildError: it could not be prepared.
        """
        if not self._prepared and not self._process.stdout.readline():
            raise self._failure()
        self._prepared = True

    def ask(self, request: object = None) -> dict:
        """Has it work once.

        Args:
            request: what to do, if there is a choice.

        Returns:
            dict: `wall_s` and `cpu_s` of the work, and what it returned as `result`.

        Raises:
            ChildError: it has ended.
        """
        self.wait_until_prepared()
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._failure() from None
        answer = self._process.stdout.readline()
        if not answer:
            raise self._failure()
        return json.loads(answer)

    def seconds(self) -> tuple[float, float]:
        """Has it work once, and returns seconds on the clock and of the processor."""
        answer = self.ask()
        return answer["wall_s"], answer["cpu_s"]

    def close(self) -> None:
        """Ends the process: it stops when nobody can ask any more."""
        # What could not be sent to a child that has failed is tried once more, in vain.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._errors.close()

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def _failure(self):
        self._process.wait()
        self._errors.seek(0)
        lines = [line for line in self._errors.read().splitlines() if line.strip()]
        said = lines[-1].strip() if lines else f"exit code {self._process.returncode}"
        return ChildError(f"{self._title} must work. Received: {said}")
