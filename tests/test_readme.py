"""What the front door promises is run."""

import os
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent
READMES = ["README.md", "README.zh-CN.md"]


def blocks(name, language):
    text = (ROOT / name).read_text(encoding="utf-8")
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    return [block for name_of, block in fenced if name_of == language]


def app_commands(name):
    lines = "".join(blocks(name, "sh")).splitlines()
    return [line for line in lines if line.startswith("python -m apps.")]


def without_comments(name):
    return [
        re.sub(r"\s+#.*", "", line) for block in blocks(name, "sh") for line in block.split("\n")
    ]


def test_both_readmes_say_the_same_commands_and_the_same_code():
    assert len(app_commands("README.md")) >= 5
    assert without_comments("README.md") == without_comments("README.zh-CN.md")
    assert blocks("README.md", "python") == blocks("README.zh-CN.md", "python")


@pytest.mark.parametrize("name", READMES)
def test_every_link_and_picture_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", text)
    assert len(targets) >= 5
    assert [t for t in targets if not t.startswith("http") and not (ROOT / t).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_the_tree_shows_what_is_there(name):
    (tree,) = (block for block in blocks(name, "") if "keras_pe/layers/" in block)
    shown = {line.split()[0].rstrip("/") for line in tree.splitlines()}
    packages = {f"keras_pe/{init.parent.name}" for init in ROOT.glob("keras_pe/*/__init__.py")}
    assert packages <= shown
    assert all((ROOT / path).exists() for path in shown)


def test_the_python_examples_run():
    scope = {}
    for example in blocks("README.md", "python"):
        exec(example, scope)
    assert scope["model"].layers[0].mask_zero
    assert tuple(scope["encoder"](scope["keras"].ops.ones((1, 5, 64))).shape) == (1, 5, 64)


@pytest.mark.parametrize("name", READMES)
def test_every_encoding_and_source_is_named(name):
    from keras_pe.models import POSITION_SOURCES, POSITIONS

    text = (ROOT / name).read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("|")]
    named = set(re.findall(r"`(\w+)`", "".join(table)))
    assert {*POSITIONS, *POSITION_SOURCES} - {"counted"} <= named


@pytest.mark.slow
def test_the_commands_for_your_own_texts_work(tmp_path, reviews_text):
    header, *rows = reviews_text.splitlines()
    for name in ("reviews.csv", "test.csv", "other.csv"):
        (tmp_path / name).write_text("\n".join([header, *rows[:60]]) + "\n", encoding="utf-8")
    (tmp_path / "texts.txt").write_text("good\n难看\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for command in app_commands("README.md"):
        line = command.replace("python", f"'{sys.executable}'", 1)
        done = subprocess.run(
            line, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert (tmp_path / "saved_models" / "reviews" / "1" / "saved_model.pb").exists()
    assert len(done.stdout.splitlines()) == 2
