"""Tables get into the page, and nothing else changes."""

import pathlib
import re

import pytest

from benchmarks.document import fill, main

ROOT = pathlib.Path(__file__).parents[2]
PAGE = "# Speed\n<!-- a: begin -->\nold\n<!-- a: end -->\nwords\n<!-- b: begin --><!-- b: end -->\n"


def test_a_table_replaces_what_stands_in_its_place():
    once = fill(PAGE, {"a": r"new \1"})
    assert once == PAGE.replace("\nold\n", "\n\nnew \\1\n\n")
    assert fill(once, {"a": r"new \1"}) == once


def test_a_table_without_a_place_is_refused():
    with pytest.raises(ValueError, match="a place for every table. Received: no <!-- c: begin -->"):
        fill(PAGE, {"c": "new"})


def test_files_fill_the_places_of_their_names(tmp_path):
    (tmp_path / "b.md").write_text("table\n", encoding="utf-8")
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    main(str(tmp_path), str(page))
    assert page.read_text(encoding="utf-8") == fill(PAGE, {"b": "table"})


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(ValueError, match="`folder` must hold .md files. Received: folder="):
        main(str(tmp_path), str(tmp_path / "page.md"))


def test_make_bench_writes_a_file_for_every_place_of_the_page():
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    made = re.findall(r"--output=build/bench/(\w+)\.md", (ROOT / "Makefile").read_text("utf-8"))
    places = re.findall(r"<!-- (\w+): begin -->", page)
    assert len(places) == 6
    assert sorted(made) == sorted(places)
    assert fill(page, dict.fromkeys(made, "table")).count("table") >= 5
