"""A preparation that is stopped anywhere goes on to the same shards."""

import pytest

from keras_pe.preparation import prepare as module


class Killed(Exception):
    """What the test raises where a process would die."""


def shards_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def dying_after(function, calls):
    """The function, for so many calls."""
    left = [calls]

    def call(*arguments):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return function(*arguments)

    return call


@pytest.mark.parametrize(
    ("step", "calls"), [("spill_source", 0), ("spill_source", 1), ("make_plan", 0),
                        ("write_bucket", 0), ("write_bucket", 2)],
)  # fmt: skip
def test_it_goes_on_where_it_was_killed(step, calls, rows, table, prepared, tmp_path, monkeypatch):
    files = ",".join([table(rows[:100], "a.csv"), table(rows[100:], "b.csv")])
    prepared("straight", train_file=files)
    with monkeypatch.context() as patched:
        patched.setattr(module, step, dying_after(getattr(module, step), calls))
        with pytest.raises(Killed):
            prepared("killed", train_file=files)
    folder = tmp_path / "killed"
    assert not (folder / "manifest.json").exists()
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*.tfrecord")}
    assert len(before) == (2 * calls if step == "write_bucket" else 0)
    prepared("killed", train_file=files)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert shards_in(folder) == shards_in(tmp_path / "straight")
    assert not (folder / "unfinished").exists()


def test_it_goes_on_with_the_same_settings_and_data_alone(
    rows, table, prepared, tmp_path, monkeypatch
):
    file = table(rows)
    with monkeypatch.context() as patched:
        patched.setattr(module, "write_bucket", dying_after(None, 0))
        with pytest.raises(Killed):
            prepared(train_file=file)
    with pytest.raises(ValueError, match="must keep its settings and its data. Received: data="):
        prepared(train_file=file, seed=1)
    with pytest.raises(ValueError, match="Received: num_shards=4"):
        prepared(train_file=file, num_shards=4)
    table(rows[1:])
    with pytest.raises(ValueError, match="Received: sources="):
        prepared(train_file=file)
