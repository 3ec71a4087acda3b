"""Serving beside peers: percentiles by hand, the same pieces from both tokenizers."""

import importlib
import json
import subprocess
import sys

import numpy as np
import pytest

from benchmarks.measurement import Spread
from benchmarks.serving.contestants import C_API, KERAS, RUNTIME, contestants
from benchmarks.serving.measure import Latencies, measure, table
from benchmarks.serving.requests import serve
from benchmarks.serving.rust_tokenizer import RustTokenizer
from benchmarks.serving.stored_classifier import store_classifier
from benchmarks.texts import load_texts
from keras_pe.config import RunConfig

SMALL = {"vocabulary_size": 120, "hidden_dim": 16, "max_length": 24, "num_layers": 1}


@pytest.fixture(scope="module")
def stored(tmp_path_factory, reviews_text):
    folder = tmp_path_factory.mktemp("stored")
    path = folder / "reviews.csv"
    path.write_text(reviews_text, encoding="utf-8")
    texts = load_texts(RunConfig(train_file=str(path), **SMALL), sample_size=6)
    config = store_classifier(folder, texts, texts.config, requests=6)
    return folder, texts, config


def test_every_request_is_timed(tmp_path):
    (tmp_path / "texts.json").write_text(json.dumps(list("abcde")), encoding="utf-8")
    asked = []
    requests = serve(lambda batch: asked.append(batch) or batch, str(tmp_path / "texts.json"))
    assert len(requests({"batch_size": 2})) == 3
    assert asked == [["a", "b"], ["c", "d"], ["e"]]


def test_a_server_that_loses_a_text_is_noticed(tmp_path):
    (tmp_path / "texts.json").write_text('["a", "b"]', encoding="utf-8")
    requests = serve(lambda batch: batch[1:], str(tmp_path / "texts.json"))
    with pytest.raises(RuntimeError, match="Every text must get a label. Received: 1 for 2 texts"):
        requests({"batch_size": 2})


@pytest.mark.slow
def test_both_tokenizers_give_the_same_ids(stored):
    folder, texts, config = stored
    sentences = ["A good film, 电影!", "Déjà vu: unseenword", "", "the " * 40]
    own = texts.tokenizer.pad(texts.tokenizer.encode(sentences, config.max_length)).numpy()
    rust = RustTokenizer(str(folder), config.max_length)(sentences)
    np.testing.assert_array_equal(rust, own)


def test_the_export_and_predict_serve_every_text(stored):
    folder, texts, config = stored
    names = list(texts.labels.names)
    own = [each for each in contestants(config, names, folder, False) if not each.needs_peers]
    assert [each.module for each in own] == [KERAS, KERAS, C_API, C_API, *[RUNTIME] * 4, KERAS]
    for each in own:
        requests = importlib.import_module(each.module).prepare(**each.arguments)
        assert len(requests({"batch_size": 1})) == 6
        assert len(requests({"batch_size": 4})) == 2


def test_the_c_api_is_asked_without_a_framework():
    asked = "import sys, benchmarks.serving.c_api_serving; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert "numpy" in found.stdout.split()
    assert not {"tensorflow", "keras", "torch"} & set(found.stdout.split())


@pytest.mark.slow
def test_servers_are_asked_by_turns_in_their_processes(stored):
    folder, texts, config = stored
    entries = contestants(config, list(texts.labels.names), folder, False)[:1]
    (found,) = measure(entries, rounds=2, batch_size=4, texts=6, peers_python="/nowhere", core=None)
    assert [len(each) for each in found.single_ms] == [6, 6]
    assert [len(each) for each in found.batch_ms] == [2, 2]
    assert found.first_ms > 0


def test_percentiles_rates_and_ratios_are_those_of_the_rounds():
    own = Latencies("own", [[1.0, 2.0, 3.0], [2.0, 3.0, 9.0]], [[100.0], [50.0]], 10, 40.0)
    slow = Latencies("slow", [[9.0], [9.0]], [[100.0, 100.0], [200.0]], 10, 9.0)
    assert own.percentile(50) == Spread(2.5, 2.0, 3.0)
    assert own.texts_per_second == Spread(150.0, 100.0, 200.0)
    # Round by round: 100 / 200 and 50 / 200.
    assert slow.times(own) == Spread(0.375, 0.25, 0.5)
    header, rows = table([own, slow], 10)
    assert "texts/s, batch 10" in header
    assert [row[-1] for row in rows] == ["1.00", "0.38"]
    assert [row[1] for row in rows] == ["40.0 ms", "9.0 ms"]
    assert [row[2] for row in rows] == ["16.0", "1.0"]
    assert {len(row) for row in rows} == {len(header)}


def test_what_a_contender_lacks_is_told(stored):
    folder, texts, config = stored
    entries = contestants(config, list(texts.labels.names), folder, True)
    lacks = {each.name: each.lacks("/nowhere/python") for each in entries}
    assert [why is None for why in lacks.values()] == [*[True] * 9, *[False] * 3]
    assert lacks["ONNX Runtime, Rust tokenizer"].startswith("onnxruntime and onnxscript and torch")
