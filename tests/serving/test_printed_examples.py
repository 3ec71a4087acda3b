"""Every line and program that a model's card and docs/serving.md print is run, and answers."""

import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import urllib.request

import pytest

from keras_pe.serving.served import ServedClassifier
from tests.serving.c_api.in_a_process import ROOT
from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel
from tests.serving.loopback.certificate import self_signed_certificate
from tests.serving.loopback.server import LoopbackServer

DOC = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


def lines(text, start):
    found = [line for block in blocks(text, "sh") for line in block.splitlines()]
    return [line for line in found if line.startswith(start)]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return self_signed_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def servers(version, packages, certificate):
    """One as the page has it at localhost, and one with the certificate."""
    model = LoadedModel(LibTensorFlow(packages), version)
    models = {name: {1: model, 2: model} for name in ("film", "reviews")}
    labels = {"reviews": {"stable": 1, "canary": 2}}
    with (
        LoopbackServer(models, labels) as plain,
        LoopbackServer(models, labels, tls=certificate) as with_tls,
    ):
        yield plain, with_tls


@pytest.fixture(scope="module")
def card(version):
    return (version / "assets.extra" / "MODEL_CARD.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def there(servers, certificate):
    """Returns a function that puts the stand-ins in the place of the servers that texts name."""
    plain, with_tls = servers
    names = {
        "localhost:8501": plain.rest.removeprefix("http://"),
        "localhost:8500": plain.grpc,
        "grpcs://models.example.org:8500": with_tls.grpc,
        "ca.pem": str(certificate[0]),
    }

    def moved(text):
        for name, stand_in in names.items():
            text = text.replace(name, stand_in)
        return text

    return moved


def curl(line):
    """Runs a line of curl, or does what it says where there is no curl."""
    command = shlex.split(line)
    if shutil.which("curl"):
        done = subprocess.run([*command, "-sSf"], capture_output=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)
    *data, address = command[1:]
    body = data[1].encode() if data else None
    with urllib.request.urlopen(f"http://{address}", body, timeout=30) as answer:
        return json.load(answer)


@pytest.mark.parametrize("page", ["card", "doc"])
def test_every_line_of_curl_is_answered(page, card, there, version):
    found = lines(card if page == "card" else DOC, "curl ")
    answers = [curl(there(line)) for line in found]
    keys = [next(iter(answer)) for answer in answers]
    assert {"predictions", "model_version_status"} <= set(keys)
    assert page == "doc" or (len(found) == 5 and "results" in keys)
    rows = [row for answer in answers for row in answer.get("predictions", [])]
    (label,), _ = ServedClassifier(version).predict(["a text"])
    assert [row["label"] for row in rows if isinstance(row, dict)][0] == label


def test_the_program_in_the_card_prints_label_and_score(card, there, version, tmp_path, capsys):
    (program,) = blocks(card, "python")
    (tmp_path / "client.py").write_text(there(program), encoding="utf-8")
    runpy.run_path(str(tmp_path / "client.py"))["channel"].close()
    (label,), scores = ServedClassifier(version).predict(["a text"])
    labels, found = re.fullmatch(r"(\[.*\]) \[(.*)\]\n", capsys.readouterr().out).groups()
    assert labels == str([label])
    assert float(found) == pytest.approx(scores.max(), abs=1e-6)


@pytest.mark.parametrize("starts", ["from keras_pe.client", "import grpc"])
def test_the_programs_of_the_page_label_texts(starts, there, version):
    (program,) = (block for block in blocks(DOC, "python") if block.startswith(starts))
    scope = {}
    exec(there(program), scope)
    expected, _ = ServedClassifier(version).predict(["a text", "another text"])
    found = scope.get("labels") or [name.decode() for name in scope["outputs"]["label"]]
    assert found == expected


def test_every_command_that_asks_a_server_works(there, tmp_path):
    (tmp_path / "texts.csv").write_text("text\na text\nanother\n", encoding="utf-8")
    (tmp_path / "texts.txt").write_text("a text\nanother\n", encoding="utf-8")
    found = [line for line in lines(DOC, "python -m apps.predict") if "--server" in line]
    assert len(found) == 5
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for line in found:
        done = subprocess.run(
            there(line).replace("python", shlex.quote(sys.executable), 1),
            shell=True, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        assert done.stdout or (tmp_path / "labels.csv").exists()
