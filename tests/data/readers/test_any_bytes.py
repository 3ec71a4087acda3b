import bz2
import gzip
import random

import pyarrow
import pytest
from backports import zstd
from pyarrow import feather, parquet

from keras_pe.data.readers import read_examples

WHOLE = {
    "a.csv": b'label,text\nx,"a, ""b""\nc"\ny,\nz,d\n',
    "a.tsv": b"label\ttext\nx\ta\ny\t\nz\td\n",
    "a.jsonl": b'{"text": "a", "label": "x"}\n\n{"text": "", "label": 3}\n',
    "a.json": b' [\n{"text": "a", "label": "x"},\n {"text": "", "label": 3}]\n',
    "a.ft": b"__label__x a b\n\n__label__y c\n__label__z\n",
}
WHOLE["folder/class/a.txt"] = "first 你好\nsecond\n".encode()
WHOLE |= {name + ".gz": gzip.compress(content) for name, content in WHOLE.items()}


def written(write):
    table = pyarrow.table({"text": ["a", "你好", None] * 9, "label": ["x", "y", "z"] * 9})
    sink = pyarrow.BufferOutputStream()
    write(table, sink)
    return sink.getvalue().to_pybytes()


def write_stream(table, sink):
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=5)


WHOLE |= {
    "a.csv.bz2": bz2.compress(WHOLE["a.csv"]),
    "a.csv.zst": zstd.compress(WHOLE["a.csv"]),
    "a.parquet": written(parquet.write_table),
    "a.feather": written(lambda *to: feather.write_feather(*to, compression="uncompressed")),
    "a.arrow": written(write_stream),
}

PIECES = [
    *(b"", b"a", b" ", b"\xe4\xbd\xa0", b"\xc2\x85", b"\xef\xbb\xbf", b"\0", b"\xff", b"\xed\xa0"),
    *(b",", b"\t", b'"', b'""', b"\n", b"\r\n", b"\r", b"\\", b"-0.5", b"null", b"true"),
    *(b"{", b"}", b"[", b"]", b":", b'"\\ud800"', b'"text"', b"label", b"__label__"),
]


def damaged(whole, count):
    draw = random.Random(13)
    for number in range(count):
        if number % 8 == 0:
            yield draw.randbytes(draw.randrange(200))
            continue
        content = whole
        for _ in range(draw.randrange(4)):
            start = draw.randrange(len(content) + 1)
            end = start + draw.choice([0, 0, 1, 1, 5, 100])
            content = content[:start] + draw.choice(PIECES) + content[end:]
        yield content


def refusals_of(file, path, content, **settings):
    file.parent.mkdir(exist_ok=True, parents=True)
    for damage in content:
        file.write_bytes(damage)
        try:
            examples = list(read_examples(path, **settings))
        except ValueError as error:
            yield str(error)
        else:
            assert examples
            assert all(isinstance(example.text.encode(), bytes) for example in examples)
            assert all(example.label or not settings["labelled"] for example in examples)


@pytest.mark.parametrize("labelled", [True, False])
@pytest.mark.parametrize("name", WHOLE)
def test_any_bytes_are_read_or_refused_with_the_name_of_the_file(name, labelled, tmp_path):
    file = tmp_path / name
    path = tmp_path / name.split("/")[0]
    refusals = list(refusals_of(file, path, damaged(WHOLE[name], 300), labelled=labelled))
    assert 30 < len(refusals) < 270
    for refusal in refusals:
        assert refusal.startswith(f"{file}:")
        assert "\n" not in refusal


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.ft"])
@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-be", "utf-32", "utf-7", "gb18030", "big5", "iso2022_jp", "cp037"]
)
def test_any_bytes_are_read_or_refused_in_any_encoding(encoding, name, tmp_path):
    whole = WHOLE[name].decode().encode(encoding)
    contents = [*damaged(whole, 60), *damaged(WHOLE[name], 20)]
    settings = {"labelled": True, "encoding": encoding}
    refusals = list(refusals_of(tmp_path / name, tmp_path / name, contents, **settings))
    assert refusals
    for refusal in refusals:
        assert refusal.startswith(f"{tmp_path / name}:")
        assert "\n" not in refusal
