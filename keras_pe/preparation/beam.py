"""Runs the steps of a preparation as Apache Beam pipelines, on this machine or on a cluster."""

import shlex
from collections.abc import Callable, Iterator, Sequence

# Around what a step says, so that it is found again in what a runner makes of it.
_MARK = "\N{SECTION SIGN}"


def run_in_beam(step: Callable, jobs: Sequence[tuple], *, options: str) -> Iterator:
    """Calls a step for each job in a pipeline of its own; yields once for each when all are done.

    The steps are those of `run_all`, so the shards are the same to the byte, and what is done stays
    done when a pipeline fails. They read and write files: every worker must see these by the same
    paths, as on a file system that the machines of a cluster share.

    Args:
        step: function that a worker can import.
        jobs: sequence of the arguments of each call.
        options: str. Options of the pipeline, as on a command line.

    Returns:
        An iterator of None.

    Raises:
        ImportError: `apache-beam` is not installed.
        ValueError: an option is wrong, or the pipeline failed.
    """
    try:
        import apache_beam as beam
        from apache_beam.options.pipeline_options import PipelineOptions
    except ImportError as error:
        raise ImportError(
            "`beam_options` needs apache-beam, which is not installed. "
            "Install it in an environment of its own: pip install 'keras-pe[beam]'"
        ) from error
    if not jobs:
        return
    pipeline = beam.Pipeline(options=PipelineOptions(shlex.split(options)))
    _ = (
        pipeline
        | "jobs" >> beam.Create(list(jobs))
        # Or a runner fuses the steps, and one worker does all jobs.
        | "spread" >> beam.Reshuffle()
        | step.__name__ >> beam.Map(_call, step)
    )
    try:
        pipeline.run().wait_until_finish()
    # Runners wrap what a step raises in errors of their own.
    except Exception as error:
        raise ValueError(_fault(error)) from error
    yield from (None for _ in jobs)


def _call(job, step):
    try:
        step(*job)
    except (ValueError, OSError, ImportError) as error:
        raise RuntimeError(f"{_MARK}{error}{_MARK}") from error


def _fault(error: Exception) -> str:
    """Returns the sentence of a step, or the last line of what the runner says."""
    said = str(error)
    if said.count(_MARK) >= 2:
        return said.split(_MARK)[1]
    return f"The Beam pipeline must succeed. Received: {said.strip().splitlines()[-1][:300]}"
