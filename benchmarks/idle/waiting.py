"""How long the steps of an epoch take, and how long each waits for its batch."""

import time
from dataclasses import dataclass, replace

from benchmarks.idle.sources import Source
from benchmarks.measurement import Spread
from keras_pe.config import RunConfig
from keras_pe.data.length_groups import padded_lengths
from keras_pe.experiment import Experiment

HEADER = [
    "training",
    "texts from",
    "texts",
    "prepared",
    "read and tokenized",
    "an epoch",
    "min-max",
    "of it waiting",
    "share",
    "min-max",
]
_TINY = {"hidden_dim": 16, "num_layers": 1, "num_heads": 2, "intermediate_dim": 32}


@dataclass(frozen=True)
class Waits:
    """What was found of one training.

    Args:
        texts: int. Texts of an epoch.
        loading_s: float. Seconds until the texts could be served: reading, learning a vocabulary,
            tokenizing, once for all epochs.
        epochs_s: seconds of each epoch.
        waiting_s: of these, seconds in which the next batch was not there.
    """

    texts: int
    loading_s: float
    epochs_s: tuple[float, ...]
    waiting_s: tuple[float, ...]

    @property
    def shares(self) -> Spread:
        pairs = zip(self.waiting_s, self.epochs_s, strict=True)
        return Spread.of([waiting / whole for waiting, whole in pairs])


def sized(config: RunConfig, model: str) -> RunConfig:
    """Returns the settings of the default Transformer or LSTM, or of one that is `tiny`."""
    return replace(config, **_TINY) if model == "tiny" else replace(config, model=model)


def waits(config: RunConfig, folder: str, epochs: int) -> Waits:
    """Trains some epochs as `train` does, and times the steps and the waiting between them.

    Args:
        config: `RunConfig`.
        folder: str. Of the run; nothing is written to it.
        epochs: int. Timed ones; one more comes first, which traces the graphs.
    """
    began = time.perf_counter()
    experiment = Experiment(config, folder, verbose=0)
    loading_s = time.perf_counter() - began
    batches = experiment.data.training_batches(
        config, lengths=padded_lengths(experiment.data.train)
    )
    found = []
    for epoch in range(epochs + 1):
        batches.epoch = epoch
        found.append(_epoch(experiment.model, batches.dataset()))
    texts, epochs_s, waiting_s = zip(*found[1:], strict=True)
    return Waits(texts[0], loading_s, epochs_s, waiting_s)


def _epoch(model, dataset) -> tuple[int, float, float]:
    """Returns texts, seconds and seconds of waiting of an epoch."""
    texts, waiting = 0, 0.0
    began = asked = time.perf_counter()
    for batch in dataset:
        waiting += time.perf_counter() - asked
        model.train_on_batch(*batch)
        texts += int(batch[0].shape[0])
        asked = time.perf_counter()
    return texts, time.perf_counter() - began, waiting + time.perf_counter() - asked


def row(model: str, source: Source, found: Waits) -> list[str]:
    """Returns the cells below `HEADER`."""
    whole, shares = Spread.of(found.epochs_s), found.shares
    waiting = Spread.of(found.waiting_s)
    return [
        model,
        source.name,
        f"{found.texts:,}",
        f"{source.prepared_s:.1f} s" if source.prepared_s else "",
        f"{found.loading_s:.1f} s",
        f"{whole.median:.1f} s",
        f"{whole.min:.1f}-{whole.max:.1f}",
        f"{waiting.median:.2f} s",
        f"{shares.median:.1%}",
        f"{shares.min:.1%}-{shares.max:.1%}",
    ]
