import os

import pytest

from keras_pe.serving.versions import latest_version, publish_version


def _write_one_file(folder):
    (folder / "file").write_text("new")


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("present", "following"),
    [
        ([], "1"),
        (["1"], "2"),
        (["1", "3"], "4"),
        (["9", "10"], "11"),
        (["007"], "8"),
        (["1", "notes", "2.tmp", "-5", "٣", ".x.tmp"], "2"),
    ],
    ids=["none", "one", "gap", "numeric order", "zeros", "other names"],
)
def test_a_version_takes_the_next_number(present, following, tmp_path):
    for name in present:
        (tmp_path / name).mkdir()

    version = publish_version(tmp_path, _write_one_file)

    assert version == tmp_path / following
    assert _names(version) == ["file"]
    assert _names(tmp_path) == sorted([*present, following])
    assert latest_version(tmp_path) == version


def test_there_is_no_latest_version_of_nothing(tmp_path):
    assert latest_version(tmp_path) is None
    assert latest_version(tmp_path / "missing") is None


def test_what_is_being_written_has_no_number(tmp_path):
    seen = []

    publish_version(tmp_path / "new" / "model", lambda folder: seen.append(folder.name))

    assert not seen[0].isdecimal()
    assert _names(tmp_path / "new" / "model") == ["1"]


def _write_half(folder):
    _write_one_file(folder)
    raise KeyboardInterrupt


def test_a_failure_leaves_nothing_of_a_new_model(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        publish_version(tmp_path / "new" / "model", _write_half)

    assert _names(tmp_path) == []


def test_a_failure_leaves_earlier_versions(tmp_path):
    publish_version(tmp_path, _write_one_file)

    with pytest.raises(KeyboardInterrupt):
        publish_version(tmp_path, _write_half)

    assert _names(tmp_path) == ["1"]
    assert _names(tmp_path / "1") == ["file"]


def test_a_number_that_another_export_takes_is_not_overwritten(tmp_path, monkeypatch):
    rename = os.rename

    def rename_later(source, target):
        monkeypatch.setattr(os, "rename", rename)
        publish_version(tmp_path, lambda folder: (folder / "file").write_text("other"))
        rename(source, target)

    monkeypatch.setattr(os, "rename", rename_later)
    version = publish_version(tmp_path, _write_one_file)

    assert version.name == "2"
    assert [(tmp_path / n / "file").read_text() for n in ("1", "2")] == ["other", "new"]


def test_a_rename_that_fails_is_reported(tmp_path, monkeypatch):
    def fail(*_):
        raise PermissionError("not yours")

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(PermissionError, match="not yours"):
        publish_version(tmp_path, _write_one_file)

    assert _names(tmp_path) == []
