"""One step in a process of its own, which says how much memory it took at most."""

import json
import resource
import sys
import time

STEPS = 20
_MODEL = {"hidden_dim": 16, "num_layers": 1, "num_heads": 2, "intermediate_dim": 32, "epochs": 1}


def _prepare(source, folder):
    from keras_pe.config import PreparationConfig, RunConfig
    from keras_pe.preparation.prepare import prepare

    prepare(RunConfig(train_file=source), PreparationConfig(processes=1), folder)


def _stream(source, folder):
    """Trains for some steps, then goes through what is left of the epoch and the validation."""
    _train({"prepared_dir": folder}, folder)


def _load(source, folder):
    _train({"train_file": source}, folder)


def _train(data, folder):
    from keras_pe.config import RunConfig
    from keras_pe.experiment import Experiment

    config = RunConfig(**data, **_MODEL)
    experiment = Experiment(config, f"{folder}-run", verbose=0)
    batches, validation = _datasets(experiment.data, config)
    experiment.model.fit(batches.take(STEPS), shuffle=False, verbose=0)
    for dataset in (batches, validation):
        for _ in dataset:
            pass


def _datasets(data, config):
    from keras_pe.data.length_groups import padded_lengths

    return (
        data.training_batches(config, lengths=padded_lengths(data.train)).dataset(),
        data.validation_batches(
            batch_size=config.batch_size, lengths=padded_lengths(data.validation)
        ),
    )


_STEPS = {"prepare": _prepare, "stream": _stream, "load": _load}


def main(step, *arguments):
    """Runs a step and prints its peak memory in bytes and its seconds of the processor."""
    _STEPS[step](*arguments)
    used = resource.getrusage(resource.RUSAGE_SELF)
    # Kibibytes on Linux, bytes on macOS.
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"peak": peak, "seconds": time.process_time()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
