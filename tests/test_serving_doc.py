"""docs/serving.md: its names are those of the code, its client runs, its commands parse."""

import http.server
import json
import pathlib
import re
import shlex
import subprocess
import sys
import threading

import pytest

from apps._docker import docker_command

ROOT = pathlib.Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, flags=re.DOTALL | re.MULTILINE)


def block(language, containing=""):
    (found,) = (code for name, code in BLOCKS if name == language and containing in code)
    return found


@pytest.fixture
def server():
    """Answers as the REST API does, in rows, and keeps what it was asked."""
    asked = []

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.path, body))
            answer = {"predictions": [{"label": text} for text in body["instances"]]}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("localhost", 0), Answers) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://localhost:{listening.server_port}", asked
        listening.shutdown()
        thread.join()


def test_the_rest_client_asks_and_reads_the_answer(server):
    address, asked = server
    scope = {}
    exec(block("python", "def ask"), scope)
    assert scope["ask"](["很好", "bad"], address) == [{"label": "很好"}, {"label": "bad"}]
    assert asked == [("/v1/models/reviews:predict", {"instances": ["很好", "bad"]})]


def test_the_commands_are_those_that_export_prints():
    lines = block("sh", "docker run").splitlines()
    train, export, docker, curl, _ = (shlex.split(line) for line in lines)
    assert train[:3] == ["python", "-m", "apps.train"]
    assert export[:3] == ["python", "-m", "apps.export"]
    printed = shlex.split(docker_command("saved_models/reviews"))
    there = str(pathlib.Path("saved_models/reviews").resolve())
    assert [word.replace(there, "$PWD/saved_models/reviews") for word in printed] == docker
    assert json.loads(curl[2]) == {"instances": ["a text"]}


def test_apps_know_the_flags_of_the_commands():
    for app, flags in re.findall(r"python -m apps\.(\w+)((?: --\w+=\S+)+)", TEXT):
        done = subprocess.run(
            [sys.executable, "-m", f"apps.{app}", "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        for name in re.findall(r"--\w+(?==)", flags):
            assert f"  {name}:" in done.stdout


def test_files_and_endpoints_are_those_of_an_export():
    from keras_pe.serving.description import CARD, SIGNATURE
    from keras_pe.serving.served import DESCRIPTION, EXTRA, LABELS
    from keras_pe.serving.server_files import BATCHING, MODELS
    from keras_pe.serving.signature import ENDPOINTS, TENSORS
    from keras_pe.serving.warm_up import WARM_UP

    rows = [line for line in TEXT.splitlines() if line.startswith("| `")]
    named = set(re.findall(r"`([^`]+)`", "\n".join(rows)))
    assert {BATCHING, f"{EXTRA}/{LABELS}", DESCRIPTION} <= named
    assert {f"{EXTRA}/{name}" for name in (CARD, SIGNATURE, MODELS, WARM_UP)} <= named
    assert {*ENDPOINTS, *TENSORS} <= named


def test_the_flags_of_the_batching_file_are_in_the_compose_file():
    from keras_pe.serving.server_files import BATCHING_TEXT, models_config

    compose = block("yaml", "services:")
    flags = set(re.findall(r"--\w+", BATCHING_TEXT + models_config("reviews", {"stable": 1})))
    assert len(flags) == 4
    assert {flag for flag in flags if flag not in compose} == set()


@pytest.mark.parametrize("start", ["services:", "startupProbe:"])
def test_the_yaml_can_be_read(start):
    yaml = pytest.importorskip("yaml")
    assert start.rstrip(":") in yaml.safe_load(block("yaml", start))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_lead_here(name):
    assert "(docs/serving.md)" in (ROOT / name).read_text(encoding="utf-8")
