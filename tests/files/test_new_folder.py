import pytest

from keras_pe.files.new_folder import new_folder


def test_the_folder_appears_when_it_is_complete(tmp_path):
    folder = tmp_path / "a" / "b"
    with new_folder(folder) as building:
        (building / "part").write_text("done")
        assert not folder.exists()
    assert (folder / "part").read_text() == "done"
    assert list(folder.parent.iterdir()) == [folder]


def test_a_failure_leaves_nothing(tmp_path):
    def build():
        with new_folder(tmp_path / "new") as building:
            (building / "part").write_text("half")
            raise KeyError("stop")

    with pytest.raises(KeyError, match="stop"):
        build()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_taken(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    with new_folder(folder) as building:
        (building / "part").write_text("done")
    assert (folder / "part").exists()


@pytest.mark.parametrize("taken", ["folder", "folder/file"], ids=["a folder", "a file"])
def test_what_is_there_is_not_overwritten(tmp_path, taken):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("old")
    with (
        pytest.raises(ValueError, match="`folder` must be new or empty. Received: folder=.*folder"),
        new_folder(tmp_path / taken),
    ):
        pass
    assert (tmp_path / "folder" / "file").read_text() == "old"
