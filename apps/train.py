"""Trains a text classifier on labelled text.

python -m apps.train --train_file=reviews.csv --run_dir=runs/reviews
"""

import time

from absl import flags

from keras_pe.config import RunConfig

from . import _flags
from ._run import command, refuse_arguments
from ._run import run as run_app
from ._tensorflow import start_quietly

_STARTED = time.monotonic()
_RUN_DIR = flags.DEFINE_string("run_dir", None, "new folder that gets everything the run produces")
_RESUME = flags.DEFINE_bool("resume", False, "go on with the run in run_dir")
_DRY_RUN = flags.DEFINE_bool("dry_run", False, "print settings, data and model, and stop")


def main(arguments):
    """Trains, or says what would be trained."""
    refuse_arguments(arguments)
    start_quietly()
    from keras_pe.evaluation.report import text_report
    from keras_pe.experiment import Experiment

    experiment = Experiment(_config(), _RUN_DIR.value, resume=_RESUME.value)
    print(experiment.description)
    if _DRY_RUN.value:
        print(experiment.config.to_json())
        return
    results = _run(experiment)
    for part, metrics in results.items():
        print(f"\n{part}\n{text_report(metrics)}")
    print(f"\nEverything is in {_RUN_DIR.value}. Next:")
    shown = "'a text' 'another text'" if experiment.config.text_pairs else "'a text'"
    print(f"  {command('predict')} --run_dir={_RUN_DIR.value} {shown}")
    print(f"  {command('export')} --run_dir={_RUN_DIR.value}")


def _run(experiment):
    from keras_pe.training.first_step import FirstStep

    try:
        return experiment.run(callbacks=[FirstStep(_STARTED)])
    except KeyboardInterrupt as interrupt:
        resume = f"{command('train')} --run_dir={_RUN_DIR.value} --resume"
        raise KeyboardInterrupt(f"Go on with: {resume}") from interrupt


def _config():
    if not _RESUME.value:
        return _flags.read(RunConfig, flags.FLAGS)
    from keras_pe.run_folder import RunFolder

    saved = RunFolder(_RUN_DIR.value).load_config()
    for name, value in _flags.given(RunConfig, flags.FLAGS).items():
        if getattr(saved, name) != value:
            raise ValueError(
                f"A resumed run must keep its settings. Received: {name}={value!r}, while the run "
                f"has {name}={getattr(saved, name)!r}. Leave the flag out, or start a new run."
            )
    return saved


def run():
    """Entry point of the command."""
    _flags.define(RunConfig)
    run_app(main, required=["run_dir"])


if __name__ == "__main__":
    run()
