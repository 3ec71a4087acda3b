"""Exports a trained classifier for TensorFlow Serving: raw strings in, answers out.

python -m apps.export --run_dir=runs/reviews
"""

import pathlib

from absl import flags

from ._docker import docker_command
from ._run import command, refuse_arguments
from ._run import run as run_app
from ._tensorflow import start_quietly

_RUN_DIR = flags.DEFINE_string("run_dir", None, "folder that train wrote")
_SAVED_MODELS = flags.DEFINE_string("saved_models_dir", "saved_models", "where models are kept")
_NAME = flags.DEFINE_string("name", None, "name of the served model (default: that of run_dir)")


def main(arguments):
    """Exports, checks and says how to serve."""
    refuse_arguments(arguments)
    start_quietly()
    from keras_pe.classifier import TextClassifier
    from keras_pe.serving.client_examples import curl_lines
    from keras_pe.serving.run_facts import RunFacts
    from keras_pe.serving.saved_model import write_saved_model

    classifier = TextClassifier.load(_RUN_DIR.value)
    name = _NAME.value or pathlib.Path(_RUN_DIR.value).resolve().name
    folder = pathlib.Path(_SAVED_MODELS.value) / name
    version = write_saved_model(
        classifier.model,
        classifier.tokenizer,
        classifier.label_names,
        folder,
        max_length=classifier.max_length,
        problem_type=classifier.problem_type,
        thresholds=classifier.thresholds,
        facts=RunFacts.load(_RUN_DIR.value),
    )
    print(f"Exported to {version}, which answers as the Keras model does. To ask it:")
    print(f"  {command('predict')} --saved_model={version} 'a text'")
    print("To serve it (REST on 8501, gRPC on 8500):")
    print(f"  {docker_command(folder)}")
    print(f"  {curl_lines(name, ['serving_default']).splitlines()[0]}")
    print(f"  {command('predict')} --server=localhost:8500 --model_name={name} 'a text'")
    print(f"More ways to ask, data, results and limits: {version}/assets.extra/MODEL_CARD.md")


def run():
    """Entry point of the command."""
    run_app(main, required=["run_dir"])


if __name__ == "__main__":
    run()
