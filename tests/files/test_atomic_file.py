import pytest

from keras_pe.files.atomic_file import atomic_file


def test_a_file_appears_in_a_folder_that_was_missing(tmp_path):
    with atomic_file(tmp_path / "new" / "a.txt") as temporary:
        temporary.write_text("done")
        assert not (tmp_path / "new" / "a.txt").exists()

    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.txt"]
    assert (tmp_path / "new" / "a.txt").read_text() == "done"


def _fail_while_writing(path):
    with atomic_file(path) as temporary:
        temporary.write_text("half")
        raise OSError("disk full")


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path):
    (tmp_path / "a.txt").write_text("old")

    with pytest.raises(OSError, match="disk full"):
        _fail_while_writing(tmp_path / "a.txt")

    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"
