"""The package lists what the tree holds, and the wheel offers it without a top-level `apps`."""

import ast
import configparser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

ROOT = pathlib.Path(__file__).parent.parent
BUILT_FROM = ("keras_pe", "apps", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def setup_cfg():
    parser = configparser.ConfigParser()
    parser.optionxform = str
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


@pytest.fixture(scope="module")
def commands(setup_cfg):
    lines = setup_cfg["options.entry_points"]["console_scripts"].split("\n")
    return dict(line.split(" = ") for line in lines if line)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy so that the tree stays as it is, and nothing stale gets in."""
    source = tmp_path_factory.mktemp("source")
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name)
        else:
            shutil.copy(ROOT / name, source / name)
    out = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(out), str(source)], check=True)
    (built,) = out.iterdir()
    return built


def test_the_package_list_is_the_tree(setup_cfg):
    folders = [file.parent for file in ROOT.glob("keras_pe/**/__init__.py")]
    in_tree = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    listed = setup_cfg["options"]["packages"].split()
    assert listed == sorted(in_tree | {"keras_pe.apps"})


def test_every_python_file_of_the_library_is_in_a_package():
    folders = {file.parent for file in ROOT.glob("keras_pe/**/*.py")}
    assert len(folders) > 5
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_app_is_a_command_that_exists(commands):
    apps = [app for app in ROOT.glob("apps/*.py") if not app.name.startswith("_")]
    assert commands == {
        f"keras-pe-{app.stem.replace('_', '-')}": f"keras_pe.apps.{app.stem}:run" for app in apps
    }
    for app in apps:
        functions = [n for n in ast.parse(app.read_text("utf-8")).body if hasattr(n, "args")]
        assert "run" in [function.name for function in functions], app


def requirements(setup_cfg):
    """Names of everything the package or one of its extras asks for, without itself."""
    sections = [setup_cfg["options"]["install_requires"]]
    sections += setup_cfg["options.extras_require"].values()
    lines = [line for section in sections for line in section.split("\n") if line]
    return {re.match(r"[a-z0-9-]+", line)[0] for line in lines} - {"keras-pe"}


def pins(name):
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.lstrip().startswith("#")]


def test_constraints_pin_every_requirement_by_name_and_version_only(setup_cfg):
    for pin in pins("constraints.txt") + pins("constraints-beam.txt"):
        assert re.fullmatch(r"[a-z0-9-]+==[0-9.]+(\.post\d+)?( ; .*)?", pin), pin
        assert "://" not in pin
    pinned, beside_beam = (
        {pin.split("==")[0] for pin in pins(name)}
        for name in ("constraints.txt", "constraints-beam.txt")
    )
    required = requirements(setup_cfg)
    assert {"tensorflow", "pip", "setuptools", "torch"} <= required <= pinned | {"apache-beam"}
    assert {"apache-beam", "tensorflow", "pip", "setuptools", "pytest"} <= beside_beam


def test_the_lock_is_made_of_every_extra_but_beam(setup_cfg):
    (listed,) = re.findall(
        r"^EXTRAS_BUT_BEAM := (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.M
    )
    assert {*listed.split(), "beam"} == set(setup_cfg["options.extras_require"])


@pytest.mark.slow
def test_the_wheel_has_one_top_level_package(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"keras_pe"}
    assert {"keras_pe/py.typed", "keras_pe/apps/train.py", "keras_pe/layers/position/base.py"} <= {
        *names
    }


@pytest.mark.slow
def test_the_wheel_offers_the_commands(wheel, commands):
    files = zipfile.ZipFile(wheel)
    (listed,) = [name for name in files.namelist() if name.endswith("entry_points.txt")]
    written = configparser.ConfigParser()
    written.read_string(files.read(listed).decode())
    assert dict(written["console_scripts"]) == commands


@pytest.mark.slow
def test_a_command_of_the_wheel_tells_its_flags_outside_the_tree(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    # What an installer writes into bin/ for `keras_pe.apps.train:run`.
    command = tmp_path / "keras-pe-train"
    command.write_text("import keras_pe.apps.train as t\nprint(t.__file__)\nt.run()\n")
    answer = subprocess.run(
        [sys.executable, str(command), "--help"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
    )
    assert answer.stdout.startswith(str(tmp_path / "site" / "keras_pe" / "apps" / "train.py"))
    assert "--train_file" in answer.stdout
