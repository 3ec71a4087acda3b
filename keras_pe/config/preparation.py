"""How labelled text is prepared for a corpus that is larger than memory."""

import dataclasses

from keras_pe.config.setting import check_settings, setting


@dataclasses.dataclass(frozen=True, kw_only=True)
class PreparationConfig:
    """Settings of the preparation alone; what is read and how is said by `DataConfig`.

    Example:
        >>> PreparationConfig(num_shards=8).tokenizer_texts
        200000
    """

    num_shards: int | None = setting(
        None, "files of each part (default: one per 16 MB of training data)", at_least=1
    )
    tokenizer_dir: str | None = setting(
        None, "folder with a tokenizer, such as tokenizer/ of a run (default: learn one)"
    )
    tokenizer_texts: int = setting(
        200_000, "most training texts, drawn at random, to learn the tokenizer from", at_least=1
    )
    processes: int | None = setting(None, "processes at a time (default: one per core)", at_least=1)

    beam_options: str | None = setting(
        None,
        "run the steps as Apache Beam pipelines with these options, such as "
        "'--runner=FlinkRunner --parallelism=8'; all workers must see the files by the same paths",
    )

    def __post_init__(self):
        check_settings(self)
