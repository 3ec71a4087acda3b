"""What every epoch of a run achieved, as JSON lines."""

import json
import pathlib

from keras_pe.files.atomic_file import atomic_file

_ERRORS = ("loss", "mae")


class EpochRecords:
    """The scores of each finished epoch, kept in a file.

    Args:
        path: File of JSON lines; read if it exists.
        by: str. The validation score that decides which epoch is best, such as `"accuracy"`; of
            `"loss"` and `"mae"` the smallest.

    Example:
        >>> import tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "metrics.jsonl"
        >>> records = EpochRecords(path, by="accuracy")
        >>> records.add({"epoch": 1, "val_accuracy": 0.8})
        >>> records.add({"epoch": 2, "val_accuracy": 0.7})
        >>> records.best_epoch
        1
    """

    def __init__(self, path, by):
        self._path = pathlib.Path(path)
        self._by = by
        self._records = _read(self._path)

    def __len__(self):
        return len(self._records)

    def __iter__(self):
        return iter(self._records)

    @property
    def best_epoch(self):
        """Number of the best epoch, from 1; the earlier one of equals; 0 if there is none."""
        if not self._records:
            return 0
        key, sign = f"val_{self._by}", -1 if self._by in _ERRORS else 1
        return max(self._records, key=lambda r: (sign * r[key], -r["epoch"]))["epoch"]

    def add(self, record):
        """Appends the record of one epoch, in memory and in the file."""
        self._records.append(record)
        with open(self._path, "a", encoding="utf-8") as lines:
            lines.write(json.dumps(record) + "\n")

    def keep_first(self, epochs):
        """Forgets all but the first epochs: those after the last checkpoint are run again.

        Args:
            epochs: int.
        """
        self._records = self._records[:epochs]
        text = "".join(json.dumps(record) + "\n" for record in self._records)
        with atomic_file(self._path) as temporary:
            temporary.write_text(text, encoding="utf-8")


def _read(path):
    if not path.exists():
        return []
    records = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            # A killed process may leave half a line, of an epoch that has no checkpoint.
            if line.endswith("\n"):
                records.append(json.loads(line))
    return records
