"""Whole files of every format and packing, to damage."""

import bz2
import csv
import functools
import gzip
import io
import json
import pathlib
import random

import pyarrow
from backports import zstd
from pyarrow import feather, parquet

from keras_pe.data.readers import read_examples

DATA = pathlib.Path(__file__).parents[3] / "shared" / "data"
_REAL = ("ag_news/train.csv", "imdb/train.csv.gz", "banking77/train.csv", "thucnews_titles/dev.csv")
_WORDS = ["rain", "雨", "e\u0301", "🌧", '"', "a,b", "tab\t", "", "line\nbreak", "x" * 300, "&amp;"]
PACKINGS = {"": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstd.compress}
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-16", "utf-32", "gb18030", "cp1252", "shift_jis")


@functools.cache
def real_rows():
    """Rows of sets that lie beside a developer's checkout; none elsewhere."""
    rows = []
    for name in _REAL:
        path = DATA / name
        if path.exists():
            examples = read_examples(path)
            rows += [(e.text[:2_000], e.label) for e, _ in zip(examples, range(200), strict=False)]
    return rows


def draw_rows(draw: random.Random):
    """A few rows of text and label, real ones or worse."""
    count = draw.randrange(1, 30)
    if real_rows() and draw.random() < 0.5:
        return draw.choices(real_rows(), k=count)
    return [
        (" ".join(draw.choices(_WORDS, k=draw.randrange(6))), draw.choice(["a", "b", "3", "雨 "]))
        for _ in range(count)
    ]


def _csv(rows):
    lines = io.StringIO()
    csv.writer(lines).writerows([("text", "label"), *rows])
    return lines.getvalue()


def _tsv(rows):
    clean = [(" ".join(text.split()), label) for text, label in rows]
    return "\n".join("\t".join(row) for row in [("text", "label"), *clean])


def _json_lines(rows):
    return "\n".join(json.dumps({"text": text, "label": label}) for text, label in rows)


def _json(rows):
    return json.dumps([{"text": text, "label": label} for text, label in rows], indent=1)


def _fasttext(rows):
    return "\n".join(f"__label__{l.strip()} {' '.join(t.split())}" for t, l in rows)  # noqa: E741


def _table(rows):
    texts, labels = zip(*rows, strict=True)
    return pyarrow.table({"text": list(texts), "label": list(labels)})


def _parquet(rows):
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(_table(rows), sink, row_group_size=7)
    return sink.getvalue().to_pybytes()


def _feather(rows):
    sink = pyarrow.BufferOutputStream()
    feather.write_feather(_table(rows), sink, compression="uncompressed", chunksize=5)
    return sink.getvalue().to_pybytes()


def _stream(rows):
    sink = pyarrow.BufferOutputStream()
    table = _table(rows)
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=5)
    return sink.getvalue().to_pybytes()


TEXT = {".csv": _csv, ".tsv": _tsv, ".jsonl": _json_lines, ".json": _json, ".ft": _fasttext}
BINARY = {".parquet": _parquet, ".feather": _feather, ".arrow": _stream}
