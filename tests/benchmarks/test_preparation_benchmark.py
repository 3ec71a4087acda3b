"""The corpora of the benchmarks of reading and preparing, and one tiny run of each."""

import subprocess
import sys

import pytest

from benchmarks.preparation.generated_corpus import write_corpus, write_formats
from keras_pe.data.readers import read_examples


def test_every_format_holds_the_same_rows(tmp_path):
    path = tmp_path / "texts.csv"
    rows = write_corpus(path, 0.2)
    write_formats(path)
    found = {
        file.name: [(example.text, example.label) for example in read_examples(file)]
        for file in tmp_path.iterdir()
    }
    assert len(found) == 6
    assert len(found["texts.csv"]) == rows
    assert all(each == found["texts.csv"] for each in found.values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "flags", "said"),
    [
        ("reading", ["--rounds=1"], "parquet: datasets"),
        ("preparation", ["--in_memory=1"], "1 MB, "),
    ],
)
def test_the_tables_are_made(module, flags, said):
    command = [sys.executable, "-m", f"benchmarks.{module}", "--megabytes=1", *flags]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
