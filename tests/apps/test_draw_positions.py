"""Pictures, drawn by a command."""

import subprocess
import sys


def test_the_chosen_encodings_are_drawn_and_their_files_named(app, tmp_path):
    folder = tmp_path / "pictures"
    done = app(
        "draw_positions", f"--output_dir={folder}", "--position=alibi", "--position=alibi",
        "--position=none",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(folder / "alibi.png"), str(folder / "none.png")]
    assert {path.name for path in folder.iterdir()} == {"alibi.png", "none.png"}


def test_a_name_that_is_not_there_is_refused_before_tensorflow_is_imported():
    program = """
import atexit, sys
sys.argv = ["draw_positions", "--output_dir=x", "--position=nope"]
atexit.register(lambda: print("tensorflow" in sys.modules, "keras" in sys.modules))
import apps.draw_positions
apps.draw_positions.run()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "sinusoidal" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.strip() == "False False"


def test_a_folder_that_cannot_be_made_gets_one_sentence(app, tmp_path):
    (tmp_path / "file").write_text("")
    done = app("draw_positions", f"--output_dir={tmp_path}/file/pictures", "--position=none")
    assert done.returncode == 1
    assert "draw_positions: " in done.stderr
    assert "Traceback" not in done.stderr


def test_arguments_that_are_no_flags_are_refused(app, tmp_path):
    done = app("draw_positions", f"--output_dir={tmp_path}", "rotary")
    assert done.returncode == 1
    assert "'rotary'" in done.stderr
    assert list(tmp_path.iterdir()) == []
