"""Apps compute with oneDNN on every processor, unless somebody decided otherwise."""

import os
import platform
import subprocess
import sys

import pytest

from apps._tensorflow import start_quietly

VARIABLE = "TF_ENABLE_ONEDNN_OPTS"
APP = """
from apps._tensorflow import start_quietly
start_quietly()
from tensorflow.python.util import _pywrap_util_port
print(_pywrap_util_port.IsMklEnabled())
"""


@pytest.mark.skipif(
    platform.machine().lower() not in ("x86_64", "amd64"), reason="oneDNN is Intel's and AMD's"
)
def test_apps_compute_with_onednn():
    environment = {
        k: v for k, v in os.environ.items() if k not in (VARIABLE, "TF_CPP_MIN_LOG_LEVEL")
    }
    done = subprocess.run(
        [sys.executable, "-c", APP], env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.stdout == "True\n", done.stderr


def test_whoever_decided_otherwise_is_heard(monkeypatch):
    monkeypatch.setenv(VARIABLE, "0")
    start_quietly()
    assert os.environ[VARIABLE] == "0"
