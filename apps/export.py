"""Exports a trained classifier for TensorFlow Serving: raw strings in, answers out.

python -m apps.export --run_dir=runs/reviews
python -m apps.export --run_dir=runs/reviews --target=saved_model,litert,onnx
"""

import functools
import pathlib

from absl import flags

from keras_pe.config import ExportConfig

from . import _flags
from ._docker import docker_command
from ._run import command, refuse_arguments
from ._run import run as run_app
from ._tensorflow import native_messages_hidden, start_quietly

_RUN_DIR = flags.DEFINE_string("run_dir", None, "folder that train wrote")
_SAVED_MODELS = flags.DEFINE_string("saved_models_dir", "saved_models", "where models are kept")
_NAME = flags.DEFINE_string("name", None, "name of the served model (default: that of run_dir)")


def main(arguments):
    """Exports, checks, compares and says how to serve."""
    refuse_arguments(arguments)
    config = _flags.read(ExportConfig, flags.FLAGS)
    start_quietly()
    from keras_pe.classifier import TextClassifier
    from keras_pe.serving.run_facts import RunFacts
    from keras_pe.serving.targets.targets import TARGETS
    from keras_pe.training_ids import training_ids

    classifier = TextClassifier.load(_RUN_DIR.value)
    name = _NAME.value or pathlib.Path(_RUN_DIR.value).resolve().name
    folder = pathlib.Path(_SAVED_MODELS.value) / name
    facts = RunFacts.load(_RUN_DIR.value)
    ids = functools.partial(training_ids, _RUN_DIR.value, classifier)
    versions = {}
    for target in config.targets:
        # The server looks at folders with a number for a name only.
        place = folder if target == "saved_model" else folder / target
        version = versions[target] = _export(classifier, TARGETS[target](config, facts, ids), place)
        print(f"Exported to {version}, which answers as the Keras model does. To ask it:")
        shown = "'a text' 'another text'" if classifier.text_pairs else "'a text'"
        print(f"  {command('predict')} --saved_model={version} {shown}")
        if target == "saved_model":
            _say_how_to_serve(name, folder, version, classifier.text_pairs)
        else:
            print(f"What is in it: {version}/README.md")
    _compare(classifier, folder, versions)


def _export(classifier, write, place):
    with native_messages_hidden():
        return write(
            classifier.model,
            classifier.tokenizer,
            classifier.label_names,
            place,
            max_length=classifier.max_length,
            problem_type=classifier.problem_type,
            thresholds=classifier.thresholds,
            text_pairs=classifier.text_pairs,
        )


def _say_how_to_serve(name, folder, version, text_pairs):
    from keras_pe.client.text_columns import TEXTS
    from keras_pe.serving.client_examples import curl_lines

    print("To serve it (REST on 8501, gRPC on 8500):")
    print(f"  {docker_command(folder)}")
    inputs = TEXTS[: 1 + text_pairs]
    print(f"  {curl_lines(name, ['serving_default'], inputs).splitlines()[0]}")
    if not text_pairs:
        print(f"  {command('predict')} --server=localhost:8500 --model_name={name} 'a text'")
    print(f"More ways to ask, data, results and limits: {version}/assets.extra/MODEL_CARD.md")


def _compare(classifier, folder, versions):
    """Prints size, agreement and speed of what was exported, beside the newest SavedModel."""
    from keras_pe.serving.export_report import report_exports
    from keras_pe.serving.exported import open_exported
    from keras_pe.serving.versions import latest_version

    if "saved_model" not in versions and latest_version(folder):
        versions = {"saved_model": latest_version(folder), **versions}
    with native_messages_hidden():
        readers = [open_exported(version) for version in versions.values()]
        reports = report_exports(readers, classifier)
    for target, reader, report in zip(versions, readers, reports, strict=True):
        print(f"{target}: {report}")
        _say_agreement(reader)


def _say_agreement(reader):
    """Says what rounding by training texts did to the answers to others of them."""
    found = getattr(reader, "description", {}).get("agreement")
    if found:
        print(
            f"  {found['same']} of {found['texts']} training texts that calibration did not see "
            f"get Keras' answer, scores within {found['difference']:.1e}"
        )


def run():
    """Entry point of the command."""
    _flags.define(ExportConfig)
    run_app(main, required=["run_dir"])


if __name__ == "__main__":
    run()
