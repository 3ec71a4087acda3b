"""A CSV file of generated texts, as large as it is wanted."""

import gzip
import json
import random
from pathlib import Path

_WORDS, _LABELS = 30_000, ("business", "science", "sports", "world")


def write_corpus(path: Path, megabytes: float) -> int:
    """Writes rows of 5 to 75 made-up words, some thousand at a time.

    Args:
        path: Path. The file.
        megabytes: float. Its size.

    Returns:
        int. Rows.
    """
    draw = random.Random(0)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(draw.choices(letters, k=draw.randint(2, 9))) for _ in range(_WORDS)]
    written, rows = 0, 0
    with open(path, "w", encoding="ascii") as file:
        file.write("label,text\n")
        while written < megabytes * 1e6:
            lines = [
                f"{draw.choice(_LABELS)},{' '.join(draw.choices(words, k=draw.randint(5, 75)))}\n"
                for _ in range(1_000)
            ]
            written += file.write("".join(lines))
            rows += len(lines)
    return rows


def write_formats(path: Path) -> None:
    """Writes the rows of a file of `write_corpus` in the other formats, beside it.

    Args:
        path: Path. The CSV file.
    """
    import pyarrow.csv
    import pyarrow.parquet

    with gzip.open(path.with_suffix(".csv.gz"), "wb") as packed:
        packed.write(path.read_bytes())
    table = pyarrow.csv.read_csv(path)
    pyarrow.parquet.write_table(table, path.with_suffix(".parquet"))
    rows = [(row["label"], row["text"]) for row in table.to_pylist()]
    lines = {
        ".tsv": ["label\ttext", *(f"{label}\t{text}" for label, text in rows)],
        ".jsonl": [json.dumps({"label": label, "text": text}) for label, text in rows],
        ".ft": [f"__label__{label} {text}" for label, text in rows],
    }
    for ending, written in lines.items():
        path.with_suffix(ending).write_text("\n".join(written) + "\n", encoding="ascii")
