"""The other side of `Child`: prepares a contender, then works whenever a line asks for it."""

import gc
import importlib
import json
import os
import sys
import time


def main(module: str, setting: str) -> None:
    """Says that it is prepared, then answers a request per line of standard input with a line."""
    core, arguments = json.loads(setting)
    # Before anything is imported: libraries count the cores once, and start a thread for each.
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    answers = _answers_alone()
    work = importlib.import_module(module).prepare(**arguments)
    answers.write("\n")
    answers.flush()
    for line in sys.stdin:
        gc.collect()
        wall, cpu = time.perf_counter(), time.process_time()
        result = work(json.loads(line))
        taken = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
        answers.write(json.dumps({**taken, "result": result}) + "\n")
        answers.flush()


def _answers_alone():
    """Returns standard output, and sends what libraries print to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    main(*sys.argv[1:])
