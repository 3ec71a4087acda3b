"""One study from settings to report: a grid of runs that can be stopped and gone on with."""

import logging
import time

import keras
from tqdm import tqdm

from keras_pe.config import Variant
from keras_pe.extrapolation.about import About
from keras_pe.extrapolation.cells import Cell, grid, variants
from keras_pe.extrapolation.records import Records
from keras_pe.extrapolation.report import write_report
from keras_pe.extrapolation.task_study import TaskStudy
from keras_pe.extrapolation.training import compiled_model
from keras_pe.tasks import TASKS

logger = logging.getLogger(__name__)


class ExtrapolationStudy:
    """A grid of encodings, position sources and seeds, trained on short texts, tested on long ones.

    Nothing is written until `run`; every combination is built once before the first is trained.

    Args:
        config: `ExtrapolationConfig`.
        folder: Folder of the study, new or of a study with the same settings.
        progress: bool. Show progress on standard error.

    Raises:
        ValueError: If a setting is wrong or has no effect, or the folder holds something else.
        FileNotFoundError: If a data file does not exist.
    """

    def __init__(self, config, folder, *, progress=True):
        self._config = config
        self._progress = progress
        self.records = Records.for_config(folder, config)
        variants(config)  # Before the texts are read: a mistyped name should not cost a minute.
        self.study = _study(config, progress)
        self.cells, self.left_out = grid(config, self._check)

    @property
    def description(self) -> str:
        """What will be trained and tested, in a few lines."""
        done = len(self.cells) - len(self._missing())
        return (
            f"{self.study.description}\n{len(self.cells)} runs of {self.study.steps:,} steps, of "
            f"which {done} are finished; on {keras.backend.backend()}"
        )

    def write_report(self) -> str:
        """Writes what was found so far beside the records, and returns it as Markdown."""
        return write_report(self.records, About.of(self.study), self._config)

    def _missing(self):
        finished = {run["cell"] for run in self.records.runs()}
        return [cell for cell in self.cells if str(cell) not in finished]

    def _check(self, cell):
        compiled_model(self.study.cell_config(cell), self.study.steps)
        keras.backend.clear_session(free_memory=False)

    def run(self):
        """Runs the cells that are not finished, and writes the report after each.

        Yields:
            (`Cell`, dict) for every cell that was run.
        """
        self._run_baseline()
        missing = self._missing()
        bar = tqdm(
            total=len(missing) * self.study.steps,
            unit="step",
            disable=not self._progress,
            smoothing=0.02,
        )
        with bar:
            for cells in self._trained_together(missing):
                if all(map(self.records.find, cells)):  # By another process, in the meantime.
                    bar.update(len(cells) * self.study.steps)
                    continue
                bar.set_description("; ".join(map(str, cells)))
                results = self._run(cells, bar)
                self.write_report()
                yield from zip(cells, results, strict=True)

    def _trained_together(self, cells):
        if not self._config.seeds_at_once:
            return [[cell] for cell in cells]
        groups = {}
        for cell in cells:
            groups.setdefault((cell.position, cell.position_source), []).append(cell)
        return list(groups.values())

    def _run_baseline(self):
        cell = Cell(Variant("n-grams + linear SVM"), Variant("none"), seed=0)
        if not hasattr(self.study, "baseline") or self.records.find(cell):
            return
        try:
            self.records.add(cell, self.study.baseline())
        except (ImportError, ValueError) as error:
            logger.warning("No baseline: %s", error)

    def _run(self, cells, bar):
        def on_step(loss):
            bar.update(len(cells))
            bar.set_postfix(loss=f"{loss:.3f}", refresh=False)

        started = time.monotonic()
        if self._config.seeds_at_once:
            results = self.study.run_at_once(cells, on_step)
        else:
            results = [self.study.run(cell, on_step) for cell in cells]
        keras.backend.clear_session()
        circumstances = {
            "steps": self.study.steps,
            "seconds": round((time.monotonic() - started) / len(cells), 1),
            "backend": keras.backend.backend(),
            "keras": keras.__version__,
        }
        results = [result | circumstances for result in results]
        for cell, result in zip(cells, results, strict=True):
            self.records.add(cell, result)
        return results


def _study(config, progress):
    _refuse_seeds_at_once(config)
    if config.dataset in TASKS:
        return TaskStudy(config)
    # Only labelled texts need TensorFlow: generated tasks run where it is not installed.
    try:
        from keras_pe.extrapolation.text_study import TextStudy
    except ModuleNotFoundError as error:
        raise ImportError(
            f"Labelled texts need {error.name}, which is not installed here. Generated tasks, such "
            f"as --dataset={next(iter(TASKS))}, do not."
        ) from error
    return TextStudy(config, progress=progress)


def _refuse_seeds_at_once(config):
    backend = keras.backend.backend()
    if config.seeds_at_once and (backend != "jax" or config.dataset not in TASKS):
        raise ValueError(
            "`seeds_at_once` must be left out but for generated tasks on JAX. Received: backend "
            f"{backend!r}, dataset={config.dataset!r}. Set KERAS_BACKEND=jax, or leave it out."
        )
