"""Where the labelled text comes from."""

import dataclasses

from keras_pe.config.setting import check_settings, setting
from keras_pe.config.table_names import table_names


@dataclasses.dataclass(frozen=True, kw_only=True)
class DataConfig:
    """Settings of the labelled text: files or a named set, columns, split.

    Example:
        >>> DataConfig(train_file="reviews.csv").text_column
        'text'
    """

    dataset: str | None = setting(
        None,
        "named set or generated task to train on, instead of files; hf:name is a set of Hugging "
        "Face (or hf:name:configuration), tfds:name one of TensorFlow Datasets",
        choices=table_names("data/datasets.py", "DATASETS")
        + table_names("tasks/tasks.py", "TASKS"),
        prefixes=table_names("data/hubs/__init__.py", "HUBS"),
    )
    task_examples: int = setting(
        20_000,
        "generated examples to train on, with 1 to max_length - 2 tokens; a tenth of it each for "
        "validation and test",
        at_least=10,
    )
    train_file: str | None = setting(
        None,
        "training data: .csv, .tsv, .jsonl, .ft, each also packed as .gz, .bz2 or .zst; .parquet, "
        ".arrow; or a folder with one per class; several by comma or pattern, such as "
        "'part-*.csv,more.jsonl'; also gs:// and what else TensorFlow reads",
    )
    validation_file: str | None = setting(
        None, "validation data; without it a stratified part of the training data is held out"
    )
    test_file: str | None = setting(None, "test data, looked at once, after training")
    prepared_dir: str | None = setting(
        None, "folder that prepare wrote, instead of files: its texts are streamed from disk"
    )
    shuffle_buffer: int = setting(
        50_000, "texts of prepared_dir that are in memory, and shuffled, at a time", at_least=1
    )
    format: str = setting(
        "auto",
        "format of the files, where their names do not tell it",
        choices=("auto", *table_names("data/readers/formats.py", "READERS")),
    )
    text_column: str = setting("text", "column or key of the text; several, by comma, are joined")
    second_text_column: str | None = setting(
        None, "column or key of the second text, for pairs of texts such as question and answer"
    )
    test_text_column: str | None = setting(
        None, "text columns of the test file, where it has others (default: text_column)"
    )
    label_column: str = setting("label", "column or key of the label, or of the number")
    label_separator: str | None = setting(
        None, "what stands between several labels in one string, such as ; (multi_label)"
    )
    weight_column: str | None = setting(
        None,
        "column or key of what a row of the training file counts in the loss, at least 0; only the "
        "ratios matter",
    )
    group_column: str | None = setting(
        None,
        "column or key of what must not be learned and held out, too: rows of one author, document "
        "or patient go to the same part, and a group in two files is a leak",
    )
    label_names_file: str | None = setting(
        None, "text file with a label per line: the labels there are, and their order"
    )
    text_separator: str = setting(" ", "what joins several text columns")
    encoding: str = setting("utf-8", "encoding of text files, such as gb18030, cp1252 or utf-16")
    validation_fraction: float = setting(
        0.1, "share of each class held out for validation", above=0.0, below=1.0
    )
    on_leak: str = setting(
        "warn",
        "what to do with training texts, or groups of group_column, that also stand in the "
        "validation or test file: say so, drop them from training, or stop",
        choices=("warn", "drop", "error"),
    )
    unknown_labels: str = setting(
        "error",
        "what to do with rows of the validation or test file whose label training never saw: stop, "
        "or drop them",
        choices=("error", "drop"),
    )
    shuffle_distance: int | None = setting(
        None,
        "turns the labelled text into the task of telling texts from copies with words moved by "
        "less than this many places",
        at_least=2,
    )
    keep_ids: str = setting(
        "memory", "where token ids are kept during training", choices=("memory", "disk")
    )

    def __post_init__(self):
        check_settings(self)
