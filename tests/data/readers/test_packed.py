"""Packed text is read as if it were not, and damaged data are refused by name."""

import bz2
import gzip
import sys

import pytest
from backports import zstd

from keras_pe.data.readers import read_examples
from keras_pe.data.readers.packed import PACKINGS

HEADER = b"text,label\n"


def pack_zstandard(data):
    # As the program `zstd` does it.
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


PACK = {".gz": gzip.compress, ".bz2": bz2.compress, ".zst": pack_zstandard}
ROWS = HEADER + b"".join(b"text %d,label %d\n" % (row, row * row) for row in range(9999))


def read(folder, data, ending, **settings):
    (folder / f"a.csv{ending}").write_bytes(data)
    return list(read_examples(folder / f"a.csv{ending}", **settings))


def test_every_packing_of_the_table_is_tried_here():
    assert set(PACK) == set(PACKINGS)


@pytest.mark.parametrize("ending", PACK)
def test_packed_files_may_be_joined(ending, tmp_path):
    data = PACK[ending](HEADER + b"a,") + PACK[ending](b"x\nb,y\n")
    assert [example.row for example in read(tmp_path, data, ending)] == [2, 3]


@pytest.mark.parametrize("ending", PACK)
def test_all_rows_are_unpacked(ending, tmp_path):
    examples = read(tmp_path, PACK[ending](ROWS), ending.upper())
    assert [examples[at].text for at in (0, -1)] == ["text 0", "text 9998"]
    gbk = PACK[ending]("text,label\n北京,体育\n".encode("gbk"))
    assert read(tmp_path, gbk, ending, encoding="gbk")[0].text == "北京"


def damaged(pack):
    whole = pack(ROWS)
    return {
        "cut": whole[:-9],
        "cut in the header": whole[:3],
        "damaged": whole[:1000] + b"\xff" * 100 + whole[1100:],
        "not packed": HEADER + b"a,x\n",
    }


GZIP_ONLY = {
    "checksum": gzip.compress(ROWS)[:-8] + b"\0" * 8,
    "text after the end": gzip.compress(ROWS) + b"more",
}
DAMAGED = [(end, data) for end, pack in PACK.items() for data in damaged(pack).values()]
DAMAGED += [(".gz", data) for data in GZIP_ONLY.values()]
IDS = [f"{end} {how}" for end, pack in PACK.items() for how in damaged(pack)]


@pytest.mark.parametrize(("ending", "data"), DAMAGED, ids=[*IDS, *GZIP_ONLY])
def test_damaged_data_are_refused_by_name(ending, data, tmp_path):
    name = PACKINGS[ending].name
    message = rf"a\.csv\{ending}: the file must be whole {name} data\. Received: .* once more\.$"
    with pytest.raises(ValueError, match=message):
        read(tmp_path, data, ending)


@pytest.mark.parametrize("ending", PACK)
def test_folders_may_hold_packed_texts(ending, tmp_path):
    (tmp_path / "wet").mkdir()
    (tmp_path / "wet" / f"a.txt{ending}").write_bytes(PACK[ending](b"Rain."))
    (example,) = read_examples(tmp_path)
    assert (example.text, example.label) == ("Rain.", "wet")


def test_without_its_library_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    monkeypatch.delattr("backports.zstd")
    message = r"a\.csv\.zst: \.zst files need backports\.zstd.* pip install 'keras-pe\[zstd\]'"
    with pytest.raises(ImportError, match=message):
        read(tmp_path, zstd.compress(HEADER), ".zst")
