"""Shows the whole way on text that is already here: train, evaluate, export, predict, compare.

python -m apps.demo
"""

import json
import pathlib
import shlex
import subprocess
import sys
import time

from absl import flags

from ._docker import docker_command
from ._run import command, refuse_arguments
from ._run import run as run_app
from ._tensorflow import start_quietly

_RUNS = flags.DEFINE_string("runs_dir", "runs", "where the run's folder is made")
_SAVED_MODELS = flags.DEFINE_string("saved_models_dir", "saved_models", "where the export goes")
_EPOCHS = flags.DEFINE_integer("epochs", 4, "passes over the training data", lower_bound=1)
# Nothing of it stands in the corpus; each sentence would fit one library.
_QUESTIONS = (
    "Return the eigenvalues of a square matrix, and the inverse of the given array.",
    "Open the socket and read lines from the file until the connection is closed by the peer.",
    "A layer that applies dropout to its inputs during training, with the given rate.",
)


def main(arguments):
    """Runs the four apps one after the other, then prints what came out beside the baselines."""
    refuse_arguments(arguments)
    run_dir = _free(pathlib.Path(_RUNS.value) / "demo")
    settings = ("--dataset=docstrings", "--position=sinusoidal", "--max_length=256")
    _show("train", *settings, f"--epochs={_EPOCHS.value}", f"--run_dir={run_dir}")
    _show("evaluate", f"--run_dir={run_dir}")
    _show(
        "export", f"--run_dir={run_dir}", "--name=demo", f"--saved_models_dir={_SAVED_MODELS.value}"
    )
    version = _newest(pathlib.Path(_SAVED_MODELS.value) / "demo")
    _show("predict", f"--saved_model={version}", *_QUESTIONS)
    start_quietly()
    _compare(run_dir, version)


def _free(path):
    """Returns the path, or the first numbered one beside it that is not taken."""
    number = 2
    candidate = path
    while candidate.exists():
        candidate = path.with_name(f"{path.name}-{number}")
        number += 1
    return candidate


def _newest(folder):
    return max(
        (path for path in folder.iterdir() if path.name.isdigit()), key=lambda p: int(p.name)
    )


def _show(app, *arguments):
    """Runs an app as a person would, and stops the demo if it fails."""
    print(f"\n$ {command(app)} {shlex.join(arguments)}", flush=True)
    module = f"{__package__}.{app}"
    code = subprocess.call([sys.executable, "-m", module, *arguments])
    if code:
        raise ValueError(f"`{app}` must succeed. Received: exit code {code}. Its message is above.")


def _compare(run_dir, version):
    from keras_pe.config import RunConfig
    from keras_pe.data.load import load_splits
    from keras_pe.evaluation.baselines import linear_baseline, majority_baseline
    from keras_pe.evaluation.text_table import aligned_table

    splits = load_splits(RunConfig.load(run_dir / "config.json"))
    seconds, texts_per_second = _speeds(run_dir, version, splits.test)
    own = json.loads((run_dir / "report.json").read_text(encoding="utf-8"))
    linear = linear_baseline(splits.train, splits.test, seed=0)
    majority = majority_baseline(splits.train, splits.test)
    header = ["on the test part", "accuracy", "macro F1", "training", "texts/s", "on disk"]
    rows = [
        ["keras_pe", *_scores(own), f"{seconds:.0f} s", f"{texts_per_second:,.0f}", _size(version)],
        ["TF-IDF 1-2-grams + linear SVM", *_scores(linear), f"{linear['seconds']:.0f} s", "", ""],
        ["the commonest class", *_scores(majority), "", "", ""],
    ]
    print(f"\n{aligned_table(header, rows)}")
    print(
        "\ntraining: keras_pe's epochs, the linear model's fit and test. "
        "texts/s: from raw string to label, by the SavedModel, in batches of 64."
    )
    _say_how_to_serve(version)


def _scores(metrics):
    return [f"{metrics['accuracy']:.4f}", f"{metrics['macro']['f1']:.4f}"]


def _speeds(run_dir, version, examples):
    from keras_pe.serving.served import ServedClassifier

    lines = (run_dir / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    served = ServedClassifier(version)
    texts = [example.text for example in examples]
    served.predict(texts[:64])
    started = time.perf_counter()
    served.predict(texts)
    return (
        sum(json.loads(line)["seconds"] for line in lines),
        len(texts) / (time.perf_counter() - started),
    )


def _size(folder):
    return f"{sum(p.stat().st_size for p in folder.rglob('*') if p.is_file()) / 1e6:.1f} MB"


def _say_how_to_serve(version):
    print(f"\nThe model is in {version}. To serve it:\n  {docker_command(version.parent)}")


def run():
    """Entry point of the command."""
    run_app(main)


if __name__ == "__main__":
    run()
