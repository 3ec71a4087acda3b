"""Runs the steps of a preparation in several processes."""

import concurrent.futures
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence


def run_all(step: Callable, jobs: Sequence[tuple], *, processes: int) -> Iterator:
    """Yields what a step returns for each job, in the order in which they are done.

    Args:
        step: function that a new process can import.
        jobs: sequence of the arguments of each call.
        processes: int. How many at a time; with one, or one job, this process does it.

    Returns:
        An iterator.

    Raises:
        ChildProcessError: a process was ended from outside.
    """
    processes = min(processes, len(jobs))
    if processes <= 1:
        yield from (step(*job) for job in jobs)
        return
    pool = concurrent.futures.ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_start
    )
    try:
        futures = [pool.submit(step, *job) for job in jobs]
        yield from (future.result() for future in concurrent.futures.as_completed(futures))
    except concurrent.futures.process.BrokenProcessPool as error:
        raise ChildProcessError(
            "A process of the preparation was ended from outside; out of memory? What is done is "
            "kept: go on by the same command, perhaps with --processes=1."
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _start():
    # Ctrl-C reaches all processes; only the first one has something to say about it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Tokenising needs no GPU, and one process would take the memory of all others.
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
