"""Apache Beam runs the steps of a preparation, and the shards are the same to the byte.

In an environment of its own: `make test-beam`.
"""

import ctypes
import sys

import pytest

from keras_pe.config import PreparationConfig, RunConfig
from keras_pe.preparation.prepare import prepare


@pytest.fixture(scope="module", autouse=True)
def swig_is_kept():
    """Keeps SWIG's data of sentencepiece 0.2.1, which Beam's protobuf asks for, past the end.

    Freed while Python shuts down under pytest, it reads a type that is gone already and crashes the
    process after its tests have passed; `prepare` itself ends well. Until Beam takes 0.2.2.
    """
    yield
    for name in [name for name in sys.modules if name.startswith("swig_runtime_data")]:
        for capsule in vars(sys.modules[name]).values():
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(capsule))


# `DirectRunner` may fetch a runner written in Go first.
LOCAL = "--runner=apache_beam.runners.portability.fn_api_runner.FnApiRunner"


def shards_in(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.tfrecord")}


@pytest.mark.beam
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_beam_writes_the_same_shards(rows, table, tmp_path):
    files = ",".join(table(rows[at::3], f"{at}.csv") for at in range(3))
    settings = {"train_file": files, "test_file": table(rows[:40], "test.csv")}
    config = RunConfig(vocabulary_size=200, **settings)
    prepare(config, PreparationConfig(num_shards=3, processes=1), tmp_path / "here")
    prepare(config, PreparationConfig(num_shards=3, beam_options=LOCAL), tmp_path / "beam")
    assert len(shards_in(tmp_path / "beam")) == 9
    assert shards_in(tmp_path / "beam") == shards_in(tmp_path / "here")
    assert (tmp_path / "beam" / "tokenizer" / "vocabulary.txt").read_bytes() == (
        tmp_path / "here" / "tokenizer" / "vocabulary.txt"
    ).read_bytes()


@pytest.mark.beam
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize(
    "kind",
    [
        {"problem_type": "multi_label", "label_column": "labels", "label_separator": ";"},
        {"problem_type": "regression", "label_column": "stars", "weight_column": "stars"},
    ],
    ids=lambda kind: kind["problem_type"],
)
def test_beam_writes_the_same_sets_numbers_weights_and_pairs(kind, rows, tmp_path):
    lines = [
        f'"{text}","{rows[at - 1][0]}",{label};{label[at % 2]},{at % 7}.5'
        for at, (text, label) in enumerate(rows)
    ]
    for at in range(2):
        table = ["text,answer,labels,stars", *lines[at::2]]
        (tmp_path / f"{at}.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    files = {"train_file": f"{tmp_path}/*.csv", "second_text_column": "answer"}
    config = RunConfig(vocabulary_size=200, **files, **kind)
    prepare(config, PreparationConfig(num_shards=2, processes=1), tmp_path / "here")
    prepare(config, PreparationConfig(num_shards=2, beam_options=LOCAL), tmp_path / "beam")
    assert len(shards_in(tmp_path / "beam")) == 4
    assert shards_in(tmp_path / "beam") == shards_in(tmp_path / "here")
    labels = [(tmp_path / name / "labels.json").read_bytes() for name in ("here", "beam")]
    assert labels[0] == labels[1]


@pytest.mark.beam
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_beam_holds_out_and_drops_the_same_groups(rows, tmp_path):
    lines = [f'"{text}",{label},{at // 5}' for at, (text, label) in enumerate(rows)]
    for name, own in {"0": lines[::2], "1": lines[1::2], "test": lines[:20]}.items():
        table = ["text,label,author", *own]
        (tmp_path / f"{name}.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    files = {"train_file": f"{tmp_path}/[01].csv", "test_file": f"{tmp_path}/test.csv"}
    config = RunConfig(vocabulary_size=200, group_column="author", on_leak="drop", **files)
    here = prepare(config, PreparationConfig(num_shards=2, processes=1), tmp_path / "here")
    beam = prepare(config, PreparationConfig(num_shards=2, beam_options=LOCAL), tmp_path / "beam")
    assert len(shards_in(tmp_path / "beam")) == 6
    assert shards_in(tmp_path / "beam") == shards_in(tmp_path / "here")
    assert beam.findings == here.findings


@pytest.mark.beam
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_a_fault_in_a_pipeline_names_the_place(rows, table, tmp_path):
    files = ",".join([table(rows, "good.csv"), table([("rain", "")], "bad.csv")])
    how = PreparationConfig(beam_options=LOCAL)
    with pytest.raises(ValueError, match="bad.csv:2: the label must not be empty") as caught:
        prepare(RunConfig(train_file=files), how, tmp_path / "beam")
    assert "\n" not in str(caught.value)


def test_beam_that_is_missing_is_named(rows, table, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "apache_beam", None)
    files = ",".join(table(rows[at::2], f"{at}.csv") for at in range(2))
    how = PreparationConfig(beam_options="--runner=DirectRunner")
    with pytest.raises(ImportError, match=r"pip install 'keras-pe\[beam\]'"):
        prepare(RunConfig(train_file=files), how, tmp_path / "beam")


def test_processes_of_this_machine_are_not_for_beam(rows, table, tmp_path):
    how = PreparationConfig(beam_options="--runner=DirectRunner", processes=2)
    with pytest.raises(ValueError, match="`processes` has no effect with `beam_options`"):
        prepare(RunConfig(train_file=table(rows)), how, tmp_path / "beam")
    assert not (tmp_path / "beam").exists()
