import subprocess
import sys

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread

from keras_pe.evaluation import label_fonts
from keras_pe.evaluation.confusion_plot import write_confusion_plot


@pytest.fixture
def drawn(monkeypatch, tmp_path):
    """Returns the figure that would have been saved."""
    figures = []

    def keep(self, path, **_):
        figures.append(self)
        path.touch()

    monkeypatch.setattr(Figure, "savefig", keep)

    def draw(matrix, names, **arguments):
        write_confusion_plot(matrix, names, tmp_path / "plot.png", **arguments)
        return figures[-1].axes[0]

    return draw


def _names(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def _diagonal(num_classes):
    return np.eye(num_classes, dtype=int) * 7


def test_colours_are_shares_of_the_true_class(drawn):
    axes = drawn([[3, 1], [0, 0]], ["a", "b"])

    assert axes.images[0].get_array().tolist() == [[0.75, 0.25], [0.0, 0.0]]
    assert (axes.images[0].norm.vmin, axes.images[0].norm.vmax) == (0, 1)


def test_counts_stand_in_the_cells_of_their_row_and_column(drawn):
    axes = drawn([[1234, 5], [0, 6]], ["a", "b"], title="100 $ <b>")

    cells = {text.get_position(): text.get_text() for text in axes.texts}
    assert cells == {(0, 0): "1,234", (1, 0): "5", (0, 1): "0", (1, 1): "6"}
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("predicted class", "true class")
    assert axes.get_title() == "100 $ <b>"


@pytest.mark.parametrize(("num_classes", "written"), [(20, 400), (21, 0), (77, 0)])
def test_many_classes_have_labels_but_no_counts(drawn, num_classes, written):
    names = [f"class {number}" for number in range(num_classes)]
    axes = drawn(_diagonal(num_classes), names)

    assert len(axes.texts) == written
    assert _names(axes.xaxis) == _names(axes.yaxis) == names


def test_very_many_classes_have_a_label_for_every_second(drawn):
    axes = drawn(_diagonal(300), [f"class {number}" for number in range(300)])

    assert _names(axes.xaxis) == [f"class {number}" for number in range(0, 300, 2)]
    assert max(axes.figure.get_size_inches()) <= 24


def test_long_labels_are_cut(drawn):
    axes = drawn(_diagonal(2), ["x" * 100, "two\nlines"])

    assert _names(axes.yaxis) == ["x" * 39 + "…", "two lines"]


def test_labels_without_glyphs_are_class_numbers(drawn, monkeypatch):
    monkeypatch.setattr(label_fonts, "_installed_fonts", list)
    axes = drawn(_diagonal(3), ["财经", "sport", "体育"], title="新闻")

    assert _names(axes.xaxis) == ["0", "sport", "2"]
    assert axes.get_xlabel() == "predicted class (number)"
    assert axes.get_title() == ""


def test_a_png_is_written_without_warnings(tmp_path, caplog):
    names = ["体育", "\ue000", "a $x_{ b", "", "tab\t", *map(str, range(72))]
    path = write_confusion_plot(_diagonal(77), names, tmp_path / "new" / "plot.png", title="体育 $")

    height, width, _ = imread(path).shape
    assert min(height, width) > 1000
    assert [file.name for file in path.parent.iterdir()] == ["plot.png"]
    assert not caplog.records


def test_pyplot_is_not_touched(tmp_path):
    script = (
        "import sys\n"
        "from keras_pe.evaluation.confusion_plot import write_confusion_plot\n"
        f"write_confusion_plot([[1, 0], [0, 1]], ['a', 'b'], {str(tmp_path / 'plot.png')!r})\n"
        "sys.exit('matplotlib.pyplot' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)

    assert (tmp_path / "plot.png").stat().st_size > 1000


def test_a_failure_leaves_the_old_picture(tmp_path, monkeypatch):
    path = tmp_path / "plot.png"
    path.write_text("old")

    def fail(self, temporary, **_):
        temporary.write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr(Figure, "savefig", fail)
    with pytest.raises(OSError, match="disk full"):
        write_confusion_plot([[1]], ["a"], path)

    assert [file.name for file in tmp_path.iterdir()] == ["plot.png"]
    assert path.read_text() == "old"


@pytest.mark.parametrize(
    ("matrix", "names"), [([[1, 2]], ["a", "b"]), ([[1]], ["a", "b"]), ([], [])]
)
def test_a_matrix_that_does_not_fit_its_names_is_refused(matrix, names, tmp_path):
    with pytest.raises(ValueError, match="one row and one column per label name. Received: shape="):
        write_confusion_plot(matrix, names, tmp_path / "plot.png")


def test_without_matplotlib_the_error_names_the_extra(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib.colors", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)

    with pytest.raises(ImportError, match=r'pip install "keras_pe\[plot\]"'):
        write_confusion_plot([[1]], ["a"], tmp_path / "plot.png")
