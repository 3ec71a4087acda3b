"""Paths that name their file system, read through TensorFlow: `ram://` here, `gs://` elsewhere."""

import bz2
import gzip
import json
import pathlib
import subprocess
import sys

import pytest
import tensorflow as tf

from keras_pe.config import PreparationConfig, RunConfig
from keras_pe.data.readers import read_examples
from keras_pe.data.readers.files import find_files
from keras_pe.files.remote_path import RemotePath, as_path, refuse_remote
from keras_pe.files.tensorflow_files import RemoteFileError
from keras_pe.preparation.prepare import prepare

CSV = "text,label\nRain.,wet\nSun.,dry\n雨,wet\n".encode()
ROWS = [("Rain.", "wet"), ("Sun.", "dry"), ("雨", "wet")]
FOLDER = "ram://parts"


def write(name, content):
    address = f"{FOLDER}/{name}"
    tf.io.gfile.makedirs(address.rpartition("/")[0])
    with tf.io.gfile.GFile(address, "wb") as file:
        file.write(content)
    return address


def rows(path, **settings):
    return [(example.text, example.label) for example in read_examples(path, **settings)]


def packed(name):
    """The rows in the format and packing that a name tells."""
    from backports import zstd

    pack = {".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstd.compress}
    lines = [json.dumps({"text": text, "label": label}) for text, label in ROWS]
    stem = name.removesuffix(pathlib.Path(name).suffix) if name[-4:] in (".bz2", ".zst") else name
    content = {"csv": CSV, "jsonl": "\n".join(lines).encode()}.get(stem.split(".")[1])
    if content is None:
        import pyarrow
        from pyarrow import feather, parquet

        texts, labels = zip(*ROWS, strict=True)
        table = pyarrow.table({"text": texts, "label": labels})
        sink = pyarrow.BufferOutputStream()
        writer = parquet.write_table if name.endswith(".parquet") else feather.write_feather
        writer(table, sink)
        content = sink.getvalue().to_pybytes()
    return pack.get(pathlib.Path(name).suffix, bytes)(content)


@pytest.mark.parametrize(
    "name",
    ["a.csv", "a.csv.gz", "a.csv.bz2", "a.csv.zst", "a.jsonl", "a.parquet", "a.feather"],
)
def test_every_format_and_packing_is_read(name):
    address = write(f"formats/{name}", packed(name))
    assert rows(address) == ROWS
    assert [example.source for example in read_examples(address)] == [address] * 3


def test_a_file_of_this_machine_can_be_named_so(tmp_path):
    (tmp_path / "a.csv").write_bytes(CSV)
    assert rows(f"file://{tmp_path}/a.csv") == rows(str(tmp_path / "a.csv")) == ROWS


def test_patterns_and_several_files_are_found_in_order(tmp_path):
    for name in ("part-2.csv", "part-10.csv", "part-1.csv", "other.csv"):
        write(f"many/{name}", CSV)
    (tmp_path / "local.csv").write_bytes(CSV)
    found = find_files(f"{FOLDER}/many/part-*.csv, {tmp_path}/local.csv,{FOLDER}/many/other.csv")
    names = ["part-1.csv", "part-10.csv", "part-2.csv", "local.csv", "other.csv"]
    assert [file.name for file in found] == names
    with pytest.raises(ValueError, match="Received twice: 'ram://parts/many/other.csv'"):
        find_files(f"{FOLDER}/many/other.csv,{FOLDER}/many/o*.csv")


def test_a_folder_per_class_is_read():
    write("classes/wet/1.txt", b"Rain.")
    write("classes/wet/2.txt.gz", gzip.compress(b"Fog."))
    write("classes/dry/1.txt", b"Sun.")
    expected = [("Sun.", "dry"), ("Rain.", "wet"), ("Fog.", "wet")]
    assert rows(f"{FOLDER}/classes") == expected


def test_shards_are_prepared_from_remote_files(tmp_path):
    text = "text,label\n" + "".join(f"day {i},{'wet' if i % 2 else 'dry'}\n" for i in range(40))
    for part in range(2):
        write(f"corpus/part-{part}.csv.gz", gzip.compress(text.replace("day", f"{part}").encode()))
    config = RunConfig(train_file=f"{FOLDER}/corpus/part-*.csv.gz", vocabulary_size=60)
    manifest = prepare(config, PreparationConfig(num_shards=1, processes=1), tmp_path / "p")
    assert [part.rows for part in manifest.parts.values()] == [72, 8]


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        (f"{FOLDER}/no.csv", FileNotFoundError, r"^ram://parts/no.csv: there is no such file\.$"),
        (f"{FOLDER}/no-*.csv", FileNotFoundError, "there must be a file that the pattern matches"),
        (f"{FOLDER}/**/a.csv", ValueError, r"a pattern with a scheme must do without `\*\*`"),
        (
            "abc://bucket/a.csv",
            ValueError,
            "^abc://bucket/a.csv: TensorFlow must know the file system. Received: abc://, while it "
            "knows file://,.* gs://, ram://. tensorflow-io brings more",
        ),
    ],
)
def test_what_is_not_there_is_told_in_one_sentence(path, error, said):
    write("formats/a.csv", CSV)
    with pytest.raises(error, match=said):
        read_examples(path)


def test_a_file_system_out_of_reach_is_told_in_one_sentence(monkeypatch):
    def unreachable(_):
        raise tf.errors.FailedPreconditionError(None, None, "Could not resolve\n\t host: apis.com")

    monkeypatch.setattr(tf.io.gfile, "exists", unreachable)
    said = (
        "^gs://b/a.csv: the file must be within reach. Received: Could not resolve host: apis.com. "
        "Is the address right, is there a network, and do your credentials allow to read it"
    )
    with pytest.raises(RemoteFileError, match=said):
        read_examples("gs://b/a.csv")


def test_a_fault_of_the_network_is_not_taken_for_damage(monkeypatch):
    address = write("formats/b.csv.bz2", packed("b.csv.bz2"))

    def lost(*_):
        raise tf.errors.UnavailableError(None, None, "connection lost")

    monkeypatch.setattr(tf.io.gfile.GFile, "read", lost)
    with pytest.raises(RemoteFileError, match="Received: connection lost"):
        rows(address)


def test_damage_is_still_told_as_damage():
    for name in ("c.csv.bz2", "c.csv.gz", "c.parquet", "c.feather"):
        address = write(f"formats/{name}", packed(name)[:-9])
        with pytest.raises(ValueError, match=f"^{address}: the file must be whole"):
            rows(address)


def test_a_length_in_a_damaged_file_asks_for_no_memory():
    with RemotePath(write("formats/d.csv", CSV)).open("rb") as file:
        assert file.read(2**60) == CSV
        assert file.seek(-3, 2) == len(CSV) - 3
        assert file.read() == CSV[-3:]


def test_folders_are_not_read_from_elsewhere():
    with pytest.raises(ValueError, match="`run_dir` must be on this machine: files that are read"):
        refuse_remote(output_dir="here", run_dir="gs://bucket/run")
    with pytest.raises(ValueError, match="`mode` must be 'rb'. Received: mode='wb'"):
        RemotePath("gs://bucket/a.csv").open("wb")
    assert as_path("here/a.csv") == pathlib.Path("here/a.csv")


def test_tensorflow_is_not_imported_for_files_of_this_machine(tmp_path):
    (tmp_path / "a.csv").write_bytes(CSV)
    code = (
        "import sys\nfrom keras_pe.data.readers import read_examples\n"
        f"print(len(list(read_examples({str(tmp_path / 'a.csv')!r}))), 'tensorflow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3", "False"]


def test_folders_that_are_written_stay_on_this_machine():
    from keras_pe.run_folder import RunFolder

    with pytest.raises(ValueError, match="`run_dir` must be on this machine"):
        RunFolder("gs://bucket/run")
    with pytest.raises(ValueError, match="`output_dir` must be on this machine"):
        prepare(RunConfig(train_file="a.csv"), PreparationConfig(), "ram://prepared")
