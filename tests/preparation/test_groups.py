"""Groups in a preparation: the same are held out, dropped and told of as in memory."""

import random

import pytest

from keras_pe.config import RunConfig
from keras_pe.data.checks import quick_findings
from keras_pe.data.load import how_to_read, load_splits
from keras_pe.data.readers import read_examples
from keras_pe.preparation.plan import Plan
from keras_pe.preparation.planning import make_plan
from keras_pe.preparation.spill import spill
from keras_pe.preparation.spills import Spills
from keras_pe.preparation.split_rows import split_rows
from keras_pe.prepared_data import number_labels
from keras_pe.sharded_data import as_prepared

SEPARATOR = {"label_separator": ";"}
KINDS = {
    "single_label": (lambda draw: draw.choice("abbccccdddddd"), {}),
    "multi_label": (lambda draw: ";".join(own for own in "abcd" if draw.random() < 0.3), SEPARATOR),
    "regression": (lambda draw: draw.choice([7.25, draw.gauss(0, 100)]), {}),
}
AUTHORS = {"train": range(40), "validation": range(35, 50), "test": range(33, 60)}


def written(path, authors, label_of, *, seed, rows=300):
    """Rows of authors who quote their neighbour at times, and have said nothing at others."""
    draw, lines = random.Random(seed), ["text,label,author"]
    for row in range(rows):
        author = draw.choice(authors)
        text = f"{path.stem} {row}" if draw.random() < 0.9 else f"Quote {author // 2}!"
        lines.append(f"{'' if draw.random() < 0.03 else text},{label_of(draw)},{author}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path):
    """A function that writes files of some parts; returns the settings that read them."""

    def write(*parts, problem_type="single_label"):
        label_of, settings = KINDS[problem_type]
        paths = {
            f"{part}_file": written(tmp_path / f"{part}.csv", AUTHORS[part], label_of, seed=seed)
            for seed, part in enumerate(parts)
        }
        return {**paths, **settings, "problem_type": problem_type, "group_column": "author"}

    return write


def examples_of(settings):
    """What is read for each part, before anything is dropped or held out."""
    paths = {part: getattr(settings, f"{part}_file") for part in AUTHORS}
    return {
        part: list(read_examples(path, **how_to_read(settings, path, part)))
        for part, path in paths.items()
        if path
    }


def by_disk(settings, folder, *, num_buckets):
    """The parts, what was found of groups, and what numbers labels, by the steps of `prepare`."""
    names, seed = {}, settings.seed
    for part, examples in examples_of(settings).items():
        names[part] = [f"{part}-{at}" for at in range(2)]
        half = len(examples) // 2
        for name, own in zip(names[part], (examples[:half], examples[half:]), strict=True):
            spill(own, folder / name, num_buckets=num_buckets, seed=seed)
    spills = Spills(folder, names, seed)
    plan, labels = make_plan(settings, spills, names, num_buckets, folder)
    plan.save(folder / "plan.json")
    plan = Plan.load(folder / "plan.json")
    parts = {part: [] for part in AUTHORS}
    for bucket in range(num_buckets):
        rows = {part: spills.rows(part, bucket) for part in names}
        for part, examples in split_rows(plan, rows, seed).items():
            parts[part] += examples
    (found,) = plan.findings
    return parts, found, labels


def by_memory(settings):
    """The same by the steps of `train`."""
    splits = load_splits(settings)
    found = next(f for f in quick_findings(splits, settings.problem_type) if "group" in f.check)
    return parts_of(splits), found, number_labels(settings, splits.train)


def parts_of(splits):
    return {part: getattr(splits, part) for part in AUTHORS}


def messages(caplog):
    """What was told of groups."""
    found = [each.message for each in caplog.records if "group" in each.message]
    caplog.clear()
    return found


@pytest.mark.parametrize(
    ("parts", "on_leak", "are_shared"),
    [
        ("train", "warn", False),
        ("train test", "warn", True),
        ("train test", "drop", False),
        ("train validation test", "drop", True),
        ("train validation test", "warn", True),
    ],
)
@pytest.mark.parametrize("problem_type", KINDS)
def test_the_parts_are_those_of_a_run_in_memory(
    problem_type, parts, on_leak, are_shared, files, tmp_path, caplog
):
    caplog.set_level("INFO", logger="keras_pe")
    settings = files(*parts.split(), problem_type=problem_type)
    config = RunConfig(**settings, on_leak=on_leak, validation_fraction=0.2, seed=3)
    theirs, expected, their_labels = by_memory(config)
    in_memory = messages(caplog)
    ours, found, our_labels = by_disk(config, tmp_path, num_buckets=5)
    on_disk = messages(caplog)
    for part in AUTHORS:
        assert sorted(map(repr, ours[part])) == sorted(map(repr, theirs[part]))
    assert all(ours[part] for part in ("train", "validation"))
    assert our_labels == their_labels
    assert on_disk == in_memory
    assert len(on_disk) == ("validation" not in parts) + (on_leak == "drop")
    assert (found.numbers, found.sentence) == (expected.numbers, expected.sentence)
    assert found.found == expected.found == are_shared
    assert found.examples[:1] == list(expected.examples[:1])


def test_rows_whose_label_is_left_out_are_of_no_group(files, tmp_path):
    settings = files("train", "test")
    with open(settings["test_file"], "a", encoding="utf-8") as file:
        file.write("train 1,snow,0\ntrain 2,snow,1\n")
    config = RunConfig(**settings, unknown_labels="drop")
    _, expected, _ = by_memory(config)
    _, found, _ = by_disk(config, tmp_path, num_buckets=3)
    assert found.numbers == expected.numbers
    assert found.sentence == expected.sentence


def test_shards_know_their_groups_and_train_keeps_the_column(files, prepared, tmp_path):
    settings = files("train", "test")
    manifest = prepared(**settings)
    splits = load_splits(RunConfig(**settings))
    assert {name: part.rows for name, part in manifest.parts.items()} == {
        name: len(rows) for name, rows in parts_of(splits).items()
    }
    assert [(f.check, f.numbers) for f in manifest.findings] == [
        (f.check, f.numbers) for f in quick_findings(splits)
    ]
    folder = str(tmp_path / "prepared")
    assert as_prepared(RunConfig(prepared_dir=folder)).group_column == "author"
    assert as_prepared(RunConfig(prepared_dir=folder, group_column="author"))
    with pytest.raises(ValueError, match="`group_column` must be what .* with, 'author'. Receiv"):
        as_prepared(RunConfig(prepared_dir=folder, group_column="writer"))


def test_the_order_of_the_rows_and_the_files_changes_no_byte(files, prepared, tmp_path):
    settings = files("train", "test")
    header, *rows = (tmp_path / "train.csv").read_text("utf-8").splitlines()
    random.Random(1).shuffle(rows)
    for at in range(2):
        lines = [header, *rows[at::2], ""]
        (tmp_path / f"{at}.csv").write_text("\n".join(lines), encoding="utf-8")
    manifests = [
        prepared("one", on_leak="drop", **settings),
        prepared("two", on_leak="drop", **settings | {"train_file": f"{tmp_path}/[01].csv"}),
    ]
    assert len(manifests[0].parts) == 3
    assert manifests[0].fingerprint == manifests[1].fingerprint


def test_groups_on_both_sides_stop_a_preparation_if_told_so(files, prepared, tmp_path):
    settings = files("train", "test")
    rows = (tmp_path / "test.csv").read_text("utf-8").splitlines()
    kept = [rows[0], *(row for row in rows[1:] if row.startswith("test"))]
    (tmp_path / "test.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    config = RunConfig(**settings, on_leak="error")
    assert_both_refuse("no group of training may also be held out", config, prepared, settings)


def test_texts_on_both_sides_stop_a_preparation_if_told_so(files, prepared):
    settings = files("train", "validation", "test")
    del settings["group_column"]
    config = RunConfig(**settings, on_leak="error")
    said = r"no text of training may also be held out .* [2-9] of 300 rows that are, the first"
    assert_both_refuse(said, config, prepared, settings)


def assert_both_refuse(said, config, prepared, settings):
    with pytest.raises(ValueError, match=said) as told:
        load_splits(config)
    with pytest.raises(ValueError, match=said) as found:
        prepared(**settings, on_leak="error")
    assert str(found.value) == str(told.value)


def test_what_cannot_be_divided_is_refused_as_in_memory(prepared, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("text,label,author\na,x,ann\nb,y,ann\nc,x,\n", encoding="utf-8")
    settings = {"train_file": str(path), "group_column": "author"}
    with pytest.raises(ValueError, match="rows.csv:4: the group must be a string"):
        prepared(**settings)
    path.write_text("text,label,author\na,x,ann\nb,y,ann\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Received: 1 group. Add groups, or give a --validation_f"):
        prepared(**settings)
    with pytest.raises(ValueError, match="there must be a column 'writer' for `group_column`"):
        prepared("other", **settings | {"group_column": "writer"})
    with pytest.raises(ValueError, match="`group_column` has no effect with the data given"):
        prepared("task", dataset="parity", task_examples=100, group_column="author")
