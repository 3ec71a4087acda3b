"""After every epoch: its record, the best model so far, and all that is needed to go on."""

import time

import keras

from keras_pe.files.atomic_file import atomic_file


class Checkpoints(keras.callbacks.Callback):
    """Keeps the best model and the latest state of a run, and stops it when it no longer improves.

    Order matters: the record first, then the best model, then the state that `restore` starts from.
    A run killed in between repeats its epoch and writes the same again.

    Args:
        folder: `pathlib.Path` of an existing folder.
        records: `EpochRecords`.
        patience: int. Epochs without a better score before training stops; 0 never stops.
    """

    def __init__(self, folder, records, patience):
        super().__init__()
        self._best = folder / "best.keras"
        self._last = folder / "last.weights.h5"
        self._records = records
        self._patience = patience

    @property
    def exhausted(self):
        """Bool. Whether patience has run out."""
        since_best = len(self._records) - self._records.best_epoch
        return bool(self._patience) and since_best >= self._patience

    def restore(self, model, steps_per_epoch):
        """Puts a compiled model where the run stopped.

        Args:
            model: The compiled `keras.Model` of the run.
            steps_per_epoch: int.

        Returns:
            int. Finished epochs; 0 if there is no checkpoint.
        """
        epochs = 0
        if self._last.exists():
            model.optimizer.build(model.trainable_variables)
            model.load_weights(self._last)
            epochs = int(model.optimizer.iterations) // steps_per_epoch
        self._records.keep_first(epochs)
        return epochs

    def on_epoch_begin(self, epoch, logs=None):
        self._started = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        record = {"epoch": epoch + 1, **{name: float(value) for name, value in logs.items()}}
        record["learning_rate"] = float(self.model.optimizer.learning_rate)
        record["seconds"] = round(time.perf_counter() - self._started, 3)
        self._records.add(record)
        if self._records.best_epoch == epoch + 1:
            with atomic_file(self._best) as temporary:
                self.model.save(temporary)
        with atomic_file(self._last) as temporary:
            self.model.save_weights(temporary)
        if self.exhausted:
            self.model.stop_training = True
