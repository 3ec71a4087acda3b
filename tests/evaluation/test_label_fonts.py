import logging

import pytest
from matplotlib.font_manager import FontProperties, findfont

from keras_pe.evaluation import label_fonts
from keras_pe.evaluation.label_fonts import drawable_labels


@pytest.fixture
def fonts(monkeypatch):
    """Replaces the installed fonts by (family, characters) pairs."""

    def install(*pairs):
        monkeypatch.setattr(label_fonts, "_installed_fonts", lambda: [(f, f) for f, _ in pairs])
        characters = {findfont(FontProperties()): set("abc 019"), **dict(pairs)}
        monkeypatch.setattr(label_fonts, "_characters", lambda path: set(characters[path]))

    return install


def test_plain_labels_need_no_other_font(fonts):
    fonts(("Chinese", "体育"))

    labels, families = drawable_labels(["a b", "c"], [0, 1])

    assert labels == ["a b", "c"]
    assert families == FontProperties().get_family()


def test_chinese_labels_take_the_first_font_that_has_all_characters(fonts):
    fonts(("Half", "体"), ("Whole", "体育"), ("Other", "体育"))

    labels, families = drawable_labels(["体育", "a"], [0, 1])

    assert labels == ["体育", "a"]
    assert families[-1] == "Whole"
    assert families[:-1] == FontProperties().get_family()


def test_only_labels_that_cannot_be_drawn_become_numbers(fonts):
    fonts(("Half", "体"))

    assert drawable_labels(["体", "体育", "a", " "], [4, 5, 6, 7])[0] == ["体", "5", "a", "7"]


def test_without_a_font_all_chinese_labels_become_numbers(fonts):
    fonts()

    labels, families = drawable_labels(["体育", "a"], [0, 1])

    assert labels == ["0", "a"]
    assert families == FontProperties().get_family()


def test_preferred_fonts_come_first_and_unfit_ones_never(monkeypatch):
    def entry(name, style="normal", weight=400):
        return type("Entry", (), {"name": name, "style": style, "weight": weight, "fname": name})

    entries = [
        entry("Zebra"),
        entry("Last Resort HE"),
        entry("Noto Color Emoji"),
        entry("Slanted", style="italic"),
        entry("Heavy", weight=700),
        entry("SimHei"),
        entry("Noto Sans CJK SC"),
        entry("Apple"),
    ]
    monkeypatch.setattr("matplotlib.font_manager.fontManager.ttflist", entries)

    names = [family for family, _ in label_fonts._installed_fonts()]
    assert names == ["Noto Sans CJK SC", "SimHei", "Apple", "Zebra"]


def test_installed_fonts_are_read_without_a_word(caplog):
    with caplog.at_level(logging.WARNING):
        labels, families = drawable_labels(["体育", "\ue000 private", "plain"], [0, 1, 2])

    assert not caplog.records
    assert labels[0] in ("体育", "0")
    assert labels[2] == "plain"
    assert all(isinstance(family, str) for family in families)


def test_a_damaged_font_file_has_no_characters(tmp_path):
    path = tmp_path / "broken.ttf"
    path.write_bytes(b"no font")

    assert label_fonts._characters(str(path)) == set()
