"""Who may import whom, and the house rules that a parser can check. The why: docs/design.md, 2."""

import ast
import importlib.util
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent

# A folder, or one file where it may do more or less than its folder -> what it may import besides
# the standard library and its own package. The longest path that fits counts.
ALLOWED = {
    "keras_pe": {"keras", "keras_pe", "numpy", "tensorflow", "tqdm"},
    "keras_pe/__init__.py": {"keras_pe.config", "keras_pe.layers", "keras_pe.models"},
    # No TensorFlow: who asks a server need not have it, and should not wait for it.
    "keras_pe/client": {
        "google.protobuf",
        "grpc",
        "keras_pe.config",
        "keras_pe.data.second_texts",
        "keras_pe.predictions",
        "numpy",
    },
    "keras_pe/config": set(),
    "keras_pe/layers": {"keras", "numpy"},
    "keras_pe/models": {"keras", "keras_pe.config", "keras_pe.layers", "numpy"},
    "keras_pe/text": {
        "keras_pe.files",
        "numpy",
        "sentencepiece",
        "tensorflow",
        "tensorflow_text",
        "tokenizers",
    },
    # No TensorFlow: phones and other programs have none.
    "keras_pe/text/plain": {"sentencepiece"},
    "keras_pe/text/word_vectors.py": {"gensim", "keras_pe.files", "numpy"},
    "keras_pe/files": set(),
    "keras_pe/files/tensorflow_files.py": {"tensorflow", "tensorflow_io"},
    "keras_pe/extrapolation": {
        "keras",
        "keras_pe.config",
        "keras_pe.files",
        "keras_pe.models",
        "keras_pe.tasks",
        "keras_pe.training",
        "matplotlib",
        "numpy",
        "tqdm",
    },
    "keras_pe/extrapolation/short_texts.py": {"keras_pe.data", "numpy"},
    "keras_pe/extrapolation/text_corpus.py": {"keras_pe.config", "keras_pe.data"},
    "keras_pe/extrapolation/text_study.py": {
        "keras_pe.classifier",
        "keras_pe.config",
        "keras_pe.data",
        "keras_pe.evaluation",
        "keras_pe.models",
        "keras_pe.prepared_data",
        "keras_pe.text",
        "numpy",
    },
    "keras_pe/extrapolation/stacked_seeds.py": {"jax", "numpy"},
    "keras_pe/extrapolation/text_views.py": {"keras_pe.data", "numpy"},
    "keras_pe/predictions": {"numpy"},
    "keras_pe/tasks": {"numpy"},
    "keras_pe/data": {"keras_pe.files", "numpy", "tqdm"},
    "keras_pe/data/batches": {"numpy", "tensorflow"},
    "keras_pe/data/encode_examples.py": {"keras_pe.files", "numpy", "tensorflow", "tqdm"},
    "keras_pe/data/generated.py": {"keras_pe.tasks", "numpy"},
    "keras_pe/data/readers/arrow.py": {"keras_pe.files", "pyarrow"},
    "keras_pe/data/readers/packed.py": {"backports"},
    "keras_pe/data/hubs": {"keras_pe.config"},
    "keras_pe/data/hubs/hugging_face.py": {"datasets"},
    "keras_pe/data/hubs/tensorflow_datasets.py": {"tensorflow_datasets"},
    "keras_pe/data/shards": {"keras_pe.files", "numpy", "tensorflow", "tqdm"},
    "keras_pe/data/tokenizer.py": {"tensorflow"},
    "keras_pe/data/untuned.py": {"tensorflow"},
    "keras_pe/preparation": {
        "keras_pe.config",
        "keras_pe.data",
        "keras_pe.files",
        "keras_pe.prepared_data",
        "keras_pe.text",
        "numpy",
        "tensorflow",
        "tqdm",
    },
    "keras_pe/preparation/beam.py": {"apache_beam"},
    "keras_pe/training": {
        "keras",
        "keras_pe.config",
        "keras_pe.files",
        "keras_pe.layers.layers_inside",
        "numpy",
        "tensorflow",
    },
    "keras_pe/inspection": {
        "keras_pe.config",
        "keras_pe.data",
        "keras_pe.evaluation",
        "keras_pe.files",
        "keras_pe.prepared_data",
        "keras_pe.text",
        "numpy",
    },
    "keras_pe/data/checks": {"numpy", "tqdm"},
    "keras_pe/evaluation": {"keras_pe.data", "keras_pe.files", "matplotlib", "numpy", "sklearn"},
    "keras_pe/pictures": {
        "PIL",
        "keras",
        "keras_pe.config",
        "keras_pe.files",
        "keras_pe.models",
        "matplotlib",
        "numpy",
    },
    "keras_pe/serving": {
        "keras",
        "keras_pe.__version__",
        "keras_pe.client.text_columns",
        "keras_pe.config",
        "keras_pe.data",
        "keras_pe.evaluation",
        "keras_pe.inspection.scripts",
        "keras_pe.layers",
        "keras_pe.models",
        "keras_pe.predictions",
        "keras_pe.run_folder",
        "keras_pe.text",
        "numpy",
        "tensorflow",
        "tensorflow_text",
    },
    "keras_pe/serving/targets/litert_classifier.py": {"ai_edge_litert", "numpy"},
    "keras_pe/serving/targets/onnx.py": {
        "keras",
        "keras_pe.serving",
        "keras_pe.text",
        "numpy",
        "tensorflow",
        "tf2onnx",
    },
    "keras_pe/serving/targets/onnx_classifier.py": {"numpy", "onnxruntime"},
    "apps": {"absl", "keras_pe", "numpy", "tqdm"},
    "apps/_tensorflow.py": {"absl", "tensorflow"},
}
SAYS_NOTHING = {"common", "helper", "helpers", "misc", "util", "utils"}


def source_files(root):
    """Every Python file of the library and the apps, as paths relative to `root`."""
    files = [*root.glob("keras_pe/**/*.py"), *root.glob("apps/**/*.py")]
    return sorted(file.relative_to(root) for file in files)


def row_of(path):
    """The key of `ALLOWED` that holds for a file: itself, or the nearest folder that has one."""
    return next(str(p) for p in (path, *path.parents) if str(p) in ALLOWED)


def installed_name(path):
    """`keras_pe/data/labels.py` -> `keras_pe.data.labels`; apps/ is installed as keras_pe.apps."""
    parts = path.with_suffix("").parts
    return ".".join(("keras_pe", *parts) if parts[0] == "apps" else parts)


def imports(tree, path):
    """Yields (line, absolute name) for every import of a file, wherever in the file it stands."""
    package = installed_name(path).rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            name = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            # `from keras_pe import layers` means keras_pe.layers.
            names = [f"{name}.{a.name}" for a in node.names] if name == "keras_pe" else [name]
            yield from ((node.lineno, name) for name in names)


def is_within(name, packages):
    return any(name == package or name.startswith(package + ".") for package in packages)


def import_violations(tree, path):
    own = ".".join(installed_name(path).split(".")[:2])
    allowed = ALLOWED[row_of(path)] | sys.stdlib_module_names
    for line, name in imports(tree, path):
        if is_within(name, {own}):
            continue
        if is_within(name, {"apps", "keras_pe.apps"}):
            yield f"{path}:{line}: imports {name}; nothing imports apps, and apps only relatively"
        elif not is_within(name, allowed):
            yield f"{path}:{line}: imports {name}; {row_of(path)} may not"


def manner_violations(tree, path):
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield f"{path}:{node.lineno}: `assert` in the library"
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
            yield f"{path}:{node.lineno}: print() in the library"
    definitions = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    public = [n for n in tree.body if isinstance(n, definitions) and not n.name.startswith("_")]
    for node in [tree, *public]:
        if not ast.get_docstring(node):
            yield f"{path}: {getattr(node, 'name', 'the module')} has no docstring"


def violations(root):
    """What the files under `root` do that they may not, one sentence each."""
    found = []
    for path in source_files(root):
        tree = ast.parse((root / path).read_text(encoding="utf-8"))
        found += import_violations(tree, path)
        if path.parts[0] == "keras_pe":
            found += manner_violations(tree, path)
        empty_names = {*path.parts, path.stem} & SAYS_NOTHING
        found += [f"{path}: `{name}` says nothing" for name in empty_names]
    return found


def test_the_tree_keeps_its_rules():
    assert violations(ROOT) == []


def test_the_checker_reads_the_whole_tree():
    files = source_files(ROOT)
    assert len(files) > 50
    assert {path.parts[0] for path in files} == {"keras_pe", "apps"}
    assert set(ALLOWED) == {row_of(path) for path in files}, "a row of ALLOWED is about no file"


PLANTED = [
    ("keras_pe/layers/a.py", "from keras_pe import config", "imports keras_pe.config"),
    ("keras_pe/layers/position/a.py", "from ...models import heads", "imports keras_pe.models"),
    ("keras_pe/layers/a.py", "def _f():\n    import tensorflow", "a.py:3: imports tensorflow"),
    ("keras_pe/layers/a.py", "import keras_hub.layers", "imports keras_hub"),
    ("keras_pe/models/a.py", "from tensorflow import io", "imports tensorflow"),
    ("keras_pe/models/a.py", "import keras_pe.text.tokenizer", "imports keras_pe.text"),
    ("keras_pe/client/a.py", "import tensorflow as tf", "imports tensorflow"),
    ("keras_pe/client/a.py", "from tensorflow_serving import apis", "imports tensorflow_serving"),
    ("keras_pe/client/a.py", "import keras_pe.serving.served", "imports keras_pe.serving"),
    ("keras_pe/config/a.py", "from keras_pe.models import x", "imports keras_pe.models"),
    ("keras_pe/config/a.py", "import numpy as np", "imports numpy"),
    ("keras_pe/text/a.py", "from keras_pe.layers import x", "imports keras_pe.layers"),
    ("keras_pe/data/a.py", "from .. import training", "imports keras_pe.training"),
    ("keras_pe/data/a.py", "from keras_pe import tasks", "imports keras_pe.tasks"),
    ("keras_pe/data/readers/a.py", "import keras_pe.serving", "imports keras_pe.serving"),
    ("keras_pe/data/readers/a.py", "import tensorflow as tf", "imports tensorflow"),
    ("keras_pe/tasks/a.py", "from keras_pe.data import x", "imports keras_pe.data"),
    ("keras_pe/tasks/a.py", "import keras", "imports keras"),
    ("keras_pe/training/a.py", "from keras_pe.models import x", "imports keras_pe.models"),
    ("keras_pe/training/a.py", "from absl import flags", "imports absl"),
    ("keras_pe/evaluation/a.py", "import keras_pe.serving", "imports keras_pe.serving"),
    ("keras_pe/extrapolation/a.py", "import tensorflow as tf", "imports tensorflow"),
    ("keras_pe/extrapolation/a.py", "import keras_pe.data.load", "imports keras_pe.data"),
    ("keras_pe/inspection/a.py", "import matplotlib", "imports matplotlib"),
    ("keras_pe/inspection/a.py", "import keras_pe.models", "imports keras_pe.models"),
    ("keras_pe/data/checks/a.py", "import keras_pe.files", "imports keras_pe.files"),
    ("keras_pe/pictures/a.py", "from keras_pe.evaluation import x", "imports keras_pe.evaluation"),
    ("keras_pe/__init__.py", "import tensorflow", "imports tensorflow"),
    ("keras_pe/__init__.py", "from keras_pe.data import x", "imports keras_pe.data"),
    ("keras_pe/experiment.py", "from apps import train", "nothing imports apps"),
    ("keras_pe/experiment.py", "from keras_pe import apps", "nothing imports apps"),
    ("apps/a.py", "from apps import _flags", "only relatively"),
    ("apps/a.py", "import tensorflow as tf", "imports tensorflow"),
    ("keras_pe/text/utils.py", "", "utils.py: `utils` says nothing"),
    ("apps/common/a.py", "", "a.py: `common` says nothing"),
    ("keras_pe/data/a.py", "print('done')", "print()"),
    ("keras_pe/data/a.py", "def _f(x):\n    assert x", "`assert`"),
    ("keras_pe/data/a.py", "class Bare:\n    x = 1", "Bare has no docstring"),
    ("keras_pe/data/a.py", "def bare():\n    return 1", "bare has no docstring"),
]


def write_module(root, path, body, docstring='"""A module."""'):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(f"{docstring}\n{body}\n", encoding="utf-8")


@pytest.mark.parametrize(("path", "body", "said"), PLANTED)
def test_a_planted_violation_is_caught(path, body, said, tmp_path):
    write_module(tmp_path, path, body)
    (found,) = violations(tmp_path)
    assert found.startswith(path)
    assert said in found


def test_a_module_without_docstring_is_caught(tmp_path):
    write_module(tmp_path, "keras_pe/data/a.py", "X = 1", docstring="")
    assert violations(tmp_path) == ["keras_pe/data/a.py: the module has no docstring"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (
            "keras_pe/layers/position/a.py",
            "import math\nfrom .base import X\nimport keras",
        ),
        ("keras_pe/models/a.py", "from ..layers import attention\nfrom keras_pe import config"),
        ("keras_pe/data/batches/a.py", "import tensorflow as tf\nfrom .example import Example"),
        ("keras_pe/experiment.py", "import tensorflow as tf\nfrom keras_pe import serving, data"),
        ("apps/train.py", "from absl import app\nfrom ._flags import F\nimport keras_pe\nprint(1)"),
    ],
)
def test_what_is_allowed_passes(path, body, tmp_path):
    write_module(tmp_path, path, body)
    assert violations(tmp_path) == []
