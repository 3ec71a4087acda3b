"""docs/positions.md says of every encoding and source what the code says."""

import contextlib
import dataclasses
import inspect
import pathlib
import re

import numpy as np
import pytest

from keras_pe import layers
from keras_pe.config import ModelConfig
from keras_pe.layers import PositionEncoding, RotaryScaling
from keras_pe.models import POSITION_SOURCES, POSITIONS, resolve_defaults
from keras_pe.models.position_sources import build_position_source

ROOT = pathlib.Path(__file__).parent.parent
DOC = ROOT / "docs" / "positions.md"
TEXT = DOC.read_text(encoding="utf-8")
PLACES = {"add": "token vectors", "rotate": "queries and keys", "bias": "logits", "mix": "values"}


def table(first_header):
    """Returns the rows of the table whose header begins so: dicts from header to cell."""
    lines = TEXT.splitlines()
    (start,) = (n for n, line in enumerate(lines) if line.startswith(f"| {first_header} |"))
    end = next(n for n in range(start, len(lines)) if not lines[n].startswith("|"))
    header, _, *rows = ([c.strip() for c in line[1:-1].split("|")] for line in lines[start:end])
    assert all(len(row) == len(header) for row in rows)
    return [dict(zip(header, row, strict=True)) for row in rows]


def by_name(rows, column):
    return {re.search(r"`(\w+)`", row[column])[1]: row for row in rows}


ENCODINGS = by_name(table("`--position`"), "`--position`")
SOURCES = by_name(table("`--position_source`"), "`--position_source`")
SCALINGS = by_name(table("`--rotary_scaling`"), "class")


def section(name):
    (found,) = re.findall(rf"^### {name}\n(.*?)(?=^##)", TEXT, flags=re.DOTALL | re.MULTILINE)
    return found


def build(name):
    config = resolve_defaults(ModelConfig(position=name))
    encoding = POSITIONS[name](config)
    encoding.build((None, None, config.hidden_dim))
    return encoding


def source_of(cls):
    """Returns the first source a docstring names, as the doc writes it: `[Who year](link)`."""
    _, named, text = inspect.cleandoc(cls.__doc__).partition("Source:")
    if not named:
        return ""
    text = " ".join(text.split())
    who, year, link = re.match(r"(\w+).*?\((\d{4})\).*?(https://[^\s;,]+)", text).groups()
    return f"[{who} {year}]({link})"


class Recorder:
    """A config that remembers which of its settings were read."""

    def __init__(self, config):
        self.config, self.read = config, set()

    def __getattr__(self, name):
        self.read.add(name)
        return getattr(self.config, name)


def settings_read(build_from):
    """Returns the settings that are read, whatever is chosen for those that are choices."""
    config = resolve_defaults(ModelConfig())
    fields = dataclasses.fields(config)
    choices = [{field.name: c} for field in fields for c in field.metadata["choices"] or ()]
    read = set()
    for choice in [{}, *choices]:
        recorder = Recorder(dataclasses.replace(config, **choice))
        with contextlib.suppress(ValueError):  # xpos has no direction='symmetric'
            build_from(recorder)
        read |= recorder.read
    return read


def listed_settings(text):
    return [] if text == "none" else re.findall(r"`(\w+)`", text)


def test_the_table_has_a_row_for_every_encoding_and_no_other():
    assert list(ENCODINGS) == list(POSITIONS)
    sections = re.findall(r"^### (\w+)$", TEXT, flags=re.MULTILINE)
    assert sections == list(POSITIONS)


@pytest.mark.parametrize("name", POSITIONS)
def test_a_row_says_what_the_code_says(name):
    row, encoding = ENCODINGS[name], build(name)
    kind = type(encoding)
    hooks = [h for h in PLACES if getattr(kind, h) is not getattr(PositionEncoding, h)]
    assert row["layer"] == f"`{kind.__name__}`"
    assert row["acts on"] == (", ".join(PLACES[hook] for hook in hooks) or "nothing")
    weights = sum(int(np.prod(weight.shape)) for weight in encoding.weights)
    assert row["weights"] == f"{weights:,}"
    assert row["source"] == source_of(kind)
    assert row["direction"].startswith("no" if name == "none" else "yes")
    assert row["`--position`"] == f"[`{name}`](#{name})"
    assert row["past the trained length"]
    assert row["cost"]
    assert name == "none" or row["differs from the source"]


@pytest.mark.parametrize("name", POSITIONS)
def test_a_section_has_a_picture_a_formula_and_the_settings(name):
    text = section(name)
    assert f"![{name}](positions/{name}.png)" in text
    assert (DOC.parent / "positions" / f"{name}.png").stat().st_size < 60_000
    assert name == "none" or re.search(r"^    \S", text, flags=re.MULTILINE)
    listed = listed_settings(re.search(r"^Settings: (.*)\.$", text, flags=re.MULTILINE)[1])
    assert listed == sorted(settings_read(POSITIONS[name]))


def test_the_defaults_in_the_text_are_those_of_the_code():
    assert (
        f"at most {build('cope').max_position - 1}" in ENCODINGS["cope"]["past the trained length"]
    )
    assert f"Clipped at {build('shaw').max_distance} tokens" in section("shaw")


def test_the_sources_are_those_of_the_code():
    assert list(SOURCES) == list(POSITION_SOURCES)
    for name, row in SOURCES.items():
        kind = type(POSITION_SOURCES[name](ModelConfig()))
        assert row["layer"] == f"`{kind.__name__}`"
        assert row["source"] == source_of(kind)
        assert listed_settings(row["settings"]) == sorted(settings_read(POSITION_SOURCES[name]))


def test_the_rotary_scalings_are_those_of_the_code():
    kinds = [getattr(layers, name) for name in layers.__all__]
    kinds = {kind for kind in kinds if isinstance(kind, type) and issubclass(kind, RotaryScaling)}
    assert set(SCALINGS) == {kind.__name__ for kind in kinds - {RotaryScaling}}
    for row in SCALINGS.values():
        assert row["source"] == source_of(getattr(layers, row["class"].strip("`")))
    (field,) = (f for f in dataclasses.fields(ModelConfig) if f.name == "rotary_scaling")
    named = [row["`--rotary_scaling`"] for row in SCALINGS.values()]
    assert [n.strip("`") for n in named if n.startswith("`")] == list(field.metadata["choices"])


def test_a_source_without_effect_is_refused_as_the_text_says():
    config = ModelConfig(position="convolutional", position_source="randomized")
    with pytest.raises(ValueError, match="has no effect"):
        build_position_source(config, build("convolutional"))


def test_every_link_and_picture_exists():
    targets = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert len(targets) > 50
    for target in targets:
        path, _, anchor = target.partition("#")
        if path.startswith("http"):
            continue
        assert not path or (DOC.parent / path).exists(), target
        page = TEXT if not path else (DOC.parent / path).read_text("utf-8") if anchor else ""
        headings = re.findall(r"^#+ (.*)$", page, flags=re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
        assert not anchor or anchor in anchors, target


def test_there_is_no_picture_that_nothing_shows():
    pictures = {path.name for path in (DOC.parent / "positions").iterdir()}
    assert pictures == {f"{name}.png" for name in (*POSITIONS, "overview", "sources")}


def test_the_examples_run():
    (example,) = re.findall(r"^```python\n(.*?)^```$", TEXT, flags=re.DOTALL | re.MULTILINE)
    scope = {}
    exec(example, scope)
    assert scope["classifier"].output_shape == (None, 3)
    assert tuple(scope["packed"].shape) == tuple(scope["vectors"].shape) == (1, 5, 8)
