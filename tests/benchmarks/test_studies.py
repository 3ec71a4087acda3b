"""The page on length extrapolation says what the raw results beside it say."""

import pathlib
import re
import shutil

import pytest

from benchmarks.document import fill
from benchmarks.studies import main, reports

DOCS = pathlib.Path(__file__).parents[2] / "docs"
STUDIES = DOCS / "extrapolation"
PAGE = (DOCS / "extrapolation.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """A copy of the studies' raw results, without what is made of them."""
    folder = tmp_path_factory.mktemp("studies")
    for study in STUDIES.iterdir():
        (folder / study.name).mkdir()
        for name in ("study.json", "about.json", "runs.jsonl"):
            shutil.copy(study / name, folder / study.name)
    return folder


def test_every_table_is_what_the_runs_say(again):
    found = reports(again)
    assert len(found) >= 4
    assert fill(PAGE, found) == PAGE
    for name, text in found.items():
        assert (STUDIES / name / "results.md").read_text(encoding="utf-8") == text
        committed, made = (root / name / "results.csv" for root in (STUDIES, again))
        assert committed.read_text(encoding="utf-8") == made.read_text(encoding="utf-8")


def test_every_place_of_the_page_has_a_study_and_every_study_a_curve():
    names = sorted(study.name for study in STUDIES.iterdir())
    assert sorted(re.findall(r"<!-- (\w+): begin -->", PAGE)) == names
    shown = set(re.findall(r"\]\(extrapolation/(\w+)/curves\.png\)", PAGE))
    assert shown <= set(names)
    assert all((STUDIES / name / "curves.png").exists() for name in shown)


def test_a_changed_run_changes_the_page(again, tmp_path):
    folder, page = tmp_path / "studies", tmp_path / "page.md"
    shutil.copytree(again, folder)
    page.write_text(PAGE, encoding="utf-8")
    runs = next(folder.glob("*/runs.jsonl"))
    runs.write_text(re.sub(r'"accuracy": [\d.]+', '"accuracy": 0.123', runs.read_text("utf-8")))
    main(str(folder), str(page))
    assert page.read_text(encoding="utf-8") != PAGE
    assert "12.3" in page.read_text(encoding="utf-8")


def test_a_folder_without_studies_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must hold folders of studies. Received: folder="):
        main(str(tmp_path), "page.md")
