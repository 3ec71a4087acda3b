"""Draws the most memory of preparing and training against the size of the corpus.

python -m benchmarks.preparation --megabytes=20 --megabytes=100 --megabytes=400
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from absl import flags

from benchmarks.command import run

_SIZES = flags.DEFINE_multi_integer(
    "megabytes", [20, 100, 400], "sizes of the corpus", lower_bound=1
)
_IN_MEMORY = flags.DEFINE_integer(
    "in_memory", 100, "largest corpus that is also trained on in memory, in MB"
)
_FOLDER = flags.DEFINE_string("folder", None, "where to write the corpora (default: temporary)")
_STEPS = {
    "prepare": "prepare, one process",
    "stream": "train --prepared_dir",
    "load": "train --train_file",
}
_HEADER = ["most memory of the process", *(f"{name}" for name in _STEPS.values())]


def _peaks(megabytes):
    from benchmarks.preparation.generated_corpus import write_corpus

    with tempfile.TemporaryDirectory(dir=_FOLDER.value) as folder:
        source = pathlib.Path(folder, "corpus.csv")
        rows = write_corpus(source, megabytes)
        cells = [f"{megabytes:,} MB, {rows:,} texts"]
        for step in _STEPS:
            if step == "load" and megabytes > _IN_MEMORY.value:
                cells.append("")
                continue
            peak = _child(step, str(source), f"{folder}/prepared")["peak"]
            cells.append(f"{peak / 1e6:,.0f} MB")
            print(f"{cells[0]}: {step} {cells[-1]}", file=sys.stderr, flush=True)
        return cells


def _child(*arguments):
    command = [sys.executable, "-m", "benchmarks.preparation.child", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"A step must succeed. Received: {' '.join(arguments)} failed.")
    return json.loads(done.stdout.splitlines()[-1])


def _findings():
    yield [], [(_HEADER, [_peaks(size) for size in _SIZES.value])]


if __name__ == "__main__":
    run("benchmarks.preparation", _findings)
