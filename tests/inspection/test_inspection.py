"""What is said of labelled text, from settings to numbers."""

import json
import random

import pytest

from keras_pe.config import RunConfig
from keras_pe.inspection.inspection import inspect_data
from keras_pe.inspection.page import html_page
from keras_pe.inspection.report import write_inspection
from keras_pe.inspection.summary import text_summary


@pytest.fixture(scope="module")
def inspection(tmp_path_factory, reviews_text):
    folder = tmp_path_factory.mktemp("inspected")
    train, test = folder / "reviews.csv", folder / "test.csv"
    extra = '"<script>alert(1)</script> & more <b>words</b>",positive\n'
    train.write_text(reviews_text + extra, encoding="utf-8")
    test.write_text("\n".join(reviews_text.splitlines()[:41]) + "\n", encoding="utf-8")
    config = RunConfig(train_file=str(train), test_file=str(test), vocabulary_size=150)
    return inspect_data(config)


def test_parts_and_classes_are_counted(inspection):
    assert sum(inspection.rows.values()) == 241
    assert list(inspection.rows) == ["training", "validation", "test"]
    assert inspection.held_out
    (first, second) = inspection.classes
    assert first["share"] + second["share"] == pytest.approx(1)
    assert first["rows"]["test"] == second["rows"]["test"] == 20


def test_lengths_count_characters_of_chinese_and_all_tokens(inspection):
    assert inspection.words["longest"] <= inspection.tokens["longest"]
    assert inspection.cut == {"64": 0.0, "128": 0.0, "256": 0.0, "512": 0.0}
    drawn = sum(inspection.histogram["counts"]) + inspection.histogram["beyond"]
    assert drawn == inspection.rows["training"]


def test_the_words_that_tell_the_classes_are_found(inspection):
    positive = inspection.typical_words["positive"]
    assert {"good", "fine", "好看"} <= set(positive)
    assert {"bad", "dull", "难看"} <= set(inspection.typical_words["negative"])
    assert "film" not in positive


def test_the_leak_is_found(inspection):
    leak = next(f for f in inspection.findings if f.check == "leaks between parts")
    assert leak.numbers["test rows in training"] + leak.numbers["test rows in validation"] == 40
    assert leak.numbers["validation rows in training"] == 0


def test_the_summary_says_everything_in_a_screen_or_two(inspection):
    said = text_summary(inspection)
    for words in (
        "training, ", "validation is held out of the training file", "Latin ", "Chinese",
        "max_length would cut: 64: 0.0%", "pieces/word", "look  leaks between parts: ",
        "fine  empty texts: no empty text", "typical words",
    ):  # fmt: skip
        assert words in said
    assert said.count("\n") < 60


def test_the_page_stands_alone_and_escapes_the_texts(inspection):
    page = html_page(inspection, title="a <b> title")
    assert "<title>a &lt;b&gt; title</title>" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<svg" in page
    assert "http" not in page
    assert page.count("<div") == page.count("</div>")


def test_both_files_are_written_and_nothing_is_replaced(inspection, tmp_path):
    as_json, page = write_inspection(inspection, tmp_path / "out", title="reviews")
    assert json.loads(as_json.read_text(encoding="utf-8"))["rows"] == inspection.rows
    assert page.read_text(encoding="utf-8") == html_page(inspection, title="reviews")
    with pytest.raises(ValueError, match="must be new or empty"):
        write_inspection(inspection, tmp_path / "out", title="reviews")


def test_a_setting_without_effect_is_refused(tmp_path):
    path = tmp_path / "few.csv"
    draw = random.Random(0)
    rows = [f"word{draw.randrange(9)} and {i},{'ab'[i % 2]}" for i in range(30)]
    path.write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="`text_separator` has no effect with the data given"):
        inspect_data(RunConfig(train_file=str(path), text_separator=" / "))
