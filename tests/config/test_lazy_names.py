"""Settings are imported when they are asked for, and all that is offered is there."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import keras_pe.config
from keras_pe.config import MODULE_OF


@pytest.mark.parametrize("name", MODULE_OF)
def test_every_name_is_found(name):
    module = importlib.import_module(f"keras_pe.config.{MODULE_OF[name]}")
    assert getattr(keras_pe.config, name) is getattr(module, name)
    assert name in dir(keras_pe.config)


def test_another_name_is_refused():
    with pytest.raises(AttributeError, match=r"module 'keras_pe\.config' has no attribute 'Model'"):
        keras_pe.config.Model  # noqa: B018


def test_type_checkers_are_told_the_same():
    stub = ast.parse(Path(keras_pe.config.__file__).with_suffix(".pyi").read_text("utf-8"))
    told = {alias.asname: line.module for line in stub.body for alias in line.names}
    assert told == {name: f"keras_pe.config.{module}" for name, module in MODULE_OF.items()}


def test_who_asks_for_one_does_not_wait_for_the_others():
    program = (
        "import sys; from keras_pe.config import ModelConfig; "
        "print(*(m for m in sys.modules if m.startswith('keras_pe.config.')))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "keras_pe.config.model" in found.stdout.split()
    assert "keras_pe.config.run" not in found.stdout.split()
