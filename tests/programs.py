"""Programs in processes of their own, which find TensorFlow and Keras imported already.

Importing both takes longer than most of what tests ask of a program. A server process imports them
once; each program runs in a fork of it. How programs start from nothing is tested elsewhere: see
`tests/apps/test_quiet_start.py`, `test_help.py` and `test_interrupt.py`.
"""

import multiprocessing
import os
import pathlib
import runpy
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[1]
IMPORTED = ["tensorflow", "tensorflow_text", "keras"]


def run_module(name, *arguments, stdin=None, folder=ROOT, timeout=300, **variables):
    """Does what `python -m name arguments` does in `folder`, and returns what came of it.

    Args:
        name: of the module.
        arguments: its command line.
        stdin: the text that it reads from standard input.
        folder: where it runs. Modules that lie there come before any others.
        timeout: seconds.
        variables: of its environment, besides those of this process.

    Returns:
        A `subprocess.CompletedProcess` with text.
    """
    command = [name, *map(str, arguments)]
    with tempfile.TemporaryDirectory() as streams:
        for number, text in enumerate((stdin or "", "", "")):
            pathlib.Path(streams, str(number)).write_text(text, encoding="utf-8")
        # A fork leaves without clearing up what it has put beside its other temporary files.
        environment = {"PYTHONPATH": str(ROOT), **os.environ, "TMPDIR": streams, **variables}
        code = _exit_code(command, str(folder), environment, streams, timeout)
        output, errors = (pathlib.Path(streams, n).read_bytes().decode("utf-8") for n in "12")
    return subprocess.CompletedProcess(command, code, output, errors)


def _exit_code(command, folder, environment, streams, timeout):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    process = context.Process(target=_become, args=(command, folder, environment, streams))
    process.start()
    process.join(timeout)
    if process.exitcode is None:
        process.kill()
        raise subprocess.TimeoutExpired(command, timeout)
    return process.exitcode


def _become(command, folder, environment, streams):
    """Makes of this process, which has imported nothing of ours but this, one that was started."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    _redirect(streams)
    sys.dont_write_bytecode = bool(environment.get("PYTHONDONTWRITEBYTECODE"))
    ours = {str(ROOT), os.curdir, ""}
    path = [folder, *environment["PYTHONPATH"].split(os.pathsep)]
    sys.path[:] = [*path, *(entry for entry in sys.path if entry not in {*ours, *path})]
    for module in [name for name in sys.modules if name.split(".")[0] == "tests"]:
        del sys.modules[module]
    sys.argv = command
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)


def _redirect(streams):
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        descriptor = os.open(os.path.join(streams, str(number)), os.O_RDWR | os.O_APPEND)
        os.dup2(descriptor, number)
        setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
