"""Compares ratios of a quick run with stored ones, and says in a sentence which got worse.

python -m benchmarks.guard                # exit code 1 if a ratio got worse
python -m benchmarks.guard --write        # stores what is measured as the new baseline

Ratios are of CPU seconds, round by round: a slower machine or a busy one changes them little.
"""

import json
import os
import pathlib
import sys
import tempfile
from collections.abc import Iterator

from absl import app, flags

from benchmarks.environments import PEERS
from keras_pe.config import RunConfig

BASELINE = pathlib.Path(__file__).with_name("baseline.json")
_TEXTS = flags.DEFINE_integer("texts", 512, "texts of an epoch", lower_bound=2)
_ROUNDS = flags.DEFINE_integer("rounds", 3, "timed epochs of each contender", lower_bound=1)
_TOLERANCE = flags.DEFINE_float(
    "tolerance", 0.15, "share by which a ratio may fall", lower_bound=0.0, upper_bound=1.0
)
_WRITE = flags.DEFINE_bool("write", False, "store the ratios instead of comparing them")
_BASELINE = flags.DEFINE_string("baseline", str(BASELINE), "file of the stored ratios")
_PEERS_PYTHON = flags.DEFINE_string("peers_python", PEERS, "Python that has PyTorch")


def ratios(measurement) -> dict[str, float]:
    """Returns how many times as fast each of ours is as the plain way and as the best peer.

    Args:
        measurement: `Measurement` whose first contender is the plain way.
    """
    title = measurement.title
    own = [each for each in measurement.contenders if each.name.startswith("keras_pe")]
    peers = [each for each in measurement.contenders if each.name.startswith("PyTorch")]
    speed = {each.name: measurement.times_plain(each).median for each in measurement.contenders}
    found = {f"{title}: {each.name}, times the plain way": speed[each.name] for each in own}
    if peers:
        best = max(speed[each.name] for each in peers)
        found |= {
            f"{title}: {each.name}, times the best of PyTorch": speed[each.name] / best
            for each in own
        }
    return {name: round(ratio, 3) for name, ratio in found.items()}


def worse(found: dict[str, float], baseline: dict[str, float], tolerance: float) -> list[str]:
    """Returns a sentence for each stored ratio that fell by more than the tolerance.

    Args:
        found: ratios of this run; more is better.
        baseline: stored ratios. One that was not measured now is no fault: a peer may be missing.
        tolerance: float. Share by which a ratio may fall.

    Example:
        >>> worse({"a": 1.0, "b": 0.8}, {"a": 1.1, "b": 1.0, "c": 2.0}, tolerance=0.15)
        ['b fell from 1.00 to 0.80, more than 15% down.']
    """
    return [
        f"{name} fell from {before:.2f} to {found[name]:.2f}, more than {tolerance:.0%} down."
        for name, before in baseline.items()
        if name in found and found[name] < before * (1 - tolerance)
    ]


def main(arguments):
    """Measures, then stores or compares."""
    try:
        sys.exit(_guard(arguments[1:]))
    except (ValueError, OSError, RuntimeError) as error:
        sys.exit(f"benchmarks.guard: {error}")


def _guard(arguments):
    if arguments:
        raise ValueError(f"Arguments must be flags. Received: {arguments[0]!r}")
    path = pathlib.Path(_BASELINE.value)
    baseline = {} if _WRITE.value else _stored(path)
    found = {}
    for measurement in quick_measurements():
        found |= ratios(measurement)
    for name, ratio in found.items():
        print(f"{ratio:6.2f}  {name}")
    if _WRITE.value:
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        return 0
    sentences = worse(found, baseline, _TOLERANCE.value)
    print("\n".join(sentences) or "No ratio got worse.")
    return 1 if sentences else 0


def _stored(path):
    if not path.exists():
        raise ValueError(
            f"`baseline` must be a file that --write made. Received: baseline={str(path)!r}"
        )
    return json.loads(path.read_text(encoding="utf-8"))


def quick_measurements() -> Iterator:
    """Yields a `Measurement` of training for each model, on docstrings as long as news."""
    from benchmarks.cores import chosen_core
    from benchmarks.peers.contestants import of_model
    from benchmarks.peers.measure import at_length, measure
    from benchmarks.texts import load_texts

    config = at_length(RunConfig(vocabulary_size=20_000), "news")
    texts = load_texts(config, _TEXTS.value)
    for model in ("transformer", "lstm"):
        with tempfile.TemporaryDirectory() as folder:
            yield measure(
                texts,
                of_model(config, model),
                pathlib.Path(folder),
                title=model,
                rounds=_ROUNDS.value,
                peers_python=_PEERS_PYTHON.value,
                core=chosen_core(None),
            ).measurement


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as apps do, and for all contenders
    app.run(main)
