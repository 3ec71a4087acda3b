"""Times the readers beside pandas and Hugging Face `datasets`, by turns in one process.

python -m benchmarks.reading
python -m benchmarks.reading --megabytes=50 --rounds=5 --output=results.md
"""

import functools
import pathlib
import shutil
import tempfile

from absl import flags

from benchmarks.command import run

_MEGABYTES = flags.DEFINE_integer("megabytes", 10, "size of the CSV file", lower_bound=1)
_ROUNDS = flags.DEFINE_integer("rounds", 3, "timed rounds of each contender", lower_bound=1)
_HEADER = ["reading", "rows/CPU-s", "MB/CPU-s", "keras_pe/peer", "min-max"]
# What pandas calls its readers, and `datasets` its builders. Nothing of theirs reads the others.
_PEERS = {
    "csv": ("read_csv", {}, "csv", {}),
    "csv.gz": ("read_csv", {}, "csv", {}),
    "tsv": ("read_csv", {"sep": "\t", "quoting": 3}, "csv", {"sep": "\t", "quoting": 3}),
    "jsonl": ("read_json", {"lines": True}, "json", {}),
    "parquet": ("read_parquet", {}, "parquet", {}),
    "ft": None,
}


def _own(path):
    from keras_pe.data.readers import read_examples

    return sum(1 for example in read_examples(path) if example.text and example.label)


def _pandas(path, name, how):
    import pandas

    table = getattr(pandas, name)(path, **how)
    return sum(
        1 for text, label in zip(table["text"], table["label"], strict=True) if text and label
    )


def _datasets(path, name, how):
    import datasets

    cache = tempfile.mkdtemp(dir=path.parent)
    try:
        # What it has read once it finds again in its cache; here it is to read.
        table = datasets.load_dataset(
            name, data_files=str(path), split="train", cache_dir=cache, **how
        )
        return sum(
            1
            for part in table.iter(batch_size=1_000)
            for text, label in zip(part["text"], part["label"], strict=True)
            if text and label
        )
    finally:
        shutil.rmtree(cache)


def _checked(read, rows):
    if read() != rows:
        raise RuntimeError(f"Every contender must read all rows. Received: {read()} of {rows}")


def _measure(path, rows, peers):
    from benchmarks.measurement import Spread
    from benchmarks.rounds import Contender, interleave

    ways = {"keras_pe": functools.partial(_own, path)}
    if peers:
        pandas_name, pandas_how, builder, builder_how = peers
        ways["pandas"] = functools.partial(_pandas, path, pandas_name, pandas_how)
        ways["datasets"] = functools.partial(_datasets, path, builder, builder_how)
    contenders = [
        Contender(name, functools.partial(_checked, way, rows)) for name, way in ways.items()
    ]
    found = interleave(contenders, rounds=_ROUNDS.value, title=path.name)
    size = path.stat().st_size / 1e6
    for each in found:
        # Above 1: ours reads more rows in the same time of the processor.
        ratio = Spread.of([t / o for t, o in zip(each.cpu_s, found[0].cpu_s, strict=True)])
        middle = Spread.of(each.cpu_s).median
        yield [
            f"{path.name.partition('.')[2]}: {each.name}",
            f"{rows / middle:,.0f}",
            f"{size / middle:,.1f}",
            f"{ratio.median:.2f}",
            f"{ratio.min:.2f}-{ratio.max:.2f}",
        ]


def _findings():
    import datasets

    from benchmarks.preparation.generated_corpus import write_corpus, write_formats

    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "texts.csv")
        rows = write_corpus(path, _MEGABYTES.value)
        write_formats(path)
        yield [f"{rows:,} rows, {path.stat().st_size / 1e6:.1f} MB as CSV."], []
        for ending, peers in _PEERS.items():
            yield [], [(_HEADER, list(_measure(path.with_suffix(f".{ending}"), rows, peers)))]


if __name__ == "__main__":
    run("benchmarks.reading", _findings)
