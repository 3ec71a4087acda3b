"""`predict --server` prints and writes what `predict --saved_model` does."""

import subprocess
import sys

import pytest

from tests.apps.conftest import start
from tests.programs import ROOT
from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel
from tests.serving.loopback.server import LoopbackServer

OUTPUTS = {"terminal": ("rotary", "grpc"), "csv": ("lstm", "rest"), "jsonl": ("rotary", "rest")}
TEXTS = ["Oil prices rise again", "", "The match was lost, 2:1", "电影", "news " * 90]


@pytest.fixture(scope="module")
def server(news_version, packages):
    library = LibTensorFlow(packages)
    models = {kind: {1: LoadedModel(library, news_version(kind))} for kind in ("rotary", "lstm")}
    with LoopbackServer(models) as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("output", OUTPUTS)
def test_the_output_is_the_same(output, server, news_version, tmp_path):
    kind, port = OUTPUTS[output]
    texts = tmp_path / "texts.csv"
    texts.write_text("text\n" + "".join(f'"{text}"\n' for text in TEXTS), encoding="utf-8")
    asked = {
        "saved": [f"--saved_model={news_version(kind)}"],
        "server": [f"--server={getattr(server, port)}", f"--model_name={kind}"],
    }
    shown = {}
    for name, flags in asked.items():
        written = tmp_path / f"{name}.{output}"
        to = [] if output == "terminal" else [f"--output_file={written}"]
        done = start("predict", *flags, f"--input_file={texts}", "--top_k=3", *to)
        assert done.returncode == 0, done.stderr
        shown[name] = written.read_text(encoding="utf-8") if to else done.stdout
    assert shown["server"] == shown["saved"]
    assert len(shown["server"].splitlines()) == len(TEXTS) + (output == "csv")


@pytest.mark.slow
def test_a_fault_is_one_sentence(server, tmp_path):
    output = tmp_path / "out.csv"
    # Started from nothing: nothing else shows that no TensorFlow says anything beside it.
    command = [sys.executable, "-m", "apps.predict", f"--server={server.grpc}"]
    done = subprocess.run(
        [*command, f"--output_file={output}", "a text"],
        cwd=ROOT, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("predict: `model_name` and `model_version` must be those of")
    assert "Received: model_name='model'" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not output.exists()


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (["--server=localhost:1", "--run_dir=x"], "One of --run_dir, --saved_model and --server"),
        (["--run_dir=x", "--model_name=y"], "`model_name` has no effect without --server"),
        (["--server=localhost:1", "--timeout=0"], "`timeout` must be above 0.0. Received: timeout"),
        (["--server=localhost"], "`server` must be host:port"),
    ],
)
def test_flags_that_do_not_go_together(flags, expected):
    done = start("predict", *flags, "a text")
    assert done.returncode == 1
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
