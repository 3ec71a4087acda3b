"""Everything that can be said of labelled text without training on it."""

import dataclasses

from keras_pe.config import DataConfig, SettingsRead
from keras_pe.data.checks import Finding, Parts, all_findings
from keras_pe.data.load import load_splits
from keras_pe.data.word_pairs import lower_words
from keras_pe.inspection.bands import in_bands
from keras_pe.inspection.classes import class_rows
from keras_pe.inspection.lengths import cut_shares, length_facts, length_histogram
from keras_pe.inspection.pieces import encode_whole, piece_facts
from keras_pe.inspection.scripts import guessed_language, script_shares
from keras_pe.inspection.typical_words import typical_words
from keras_pe.prepared_data import learn_tokenizer


@dataclasses.dataclass(frozen=True, kw_only=True)
class Inspection:
    """Holds what was found, as plain values that JSON can hold.

    Args:
        rows: dict from part to its number of texts.
        held_out: bool. Whether validation was taken from the training file.
        classes: list of dict, the commonest first: `label`, `share` of training, and rows per part;
            of a regression, bands of numbers.
        words: dict, lengths of the training texts in words (see `length_facts`).
        tokens: dict, the same in tokens, [CLS] and [SEP] included.
        histogram: dict, of the lengths in tokens (see `length_histogram`).
        cut: dict from a `max_length` to the share of training texts that it would cut.
        vocabulary_size: int. Entries of the tokenizer that `train` would learn.
        pieces: dict from part to what `piece_facts` returns.
        scripts: dict from script to its share of the letters.
        language: str. A guess.
        typical_words: dict from label to words.
        findings: list of `Finding`.
    """

    rows: dict[str, int]
    held_out: bool
    classes: list[dict]
    words: dict
    tokens: dict
    histogram: dict
    cut: dict[str, float]
    vocabulary_size: int
    pieces: dict[str, dict]
    scripts: dict[str, float]
    language: str
    typical_words: dict[str, list[str]]
    findings: list[Finding]

    def to_dict(self) -> dict:
        """Returns all as dicts and lists."""
        return dataclasses.asdict(self)


def inspect_data(config, *, progress: bool = False) -> Inspection:
    """Looks at the labelled text that the settings name, as `train` would see it.

    Args:
        config: `RunConfig`.
        progress: bool. Whether to show bars on standard error.

    Returns:
        `Inspection`.

    Raises:
        ValueError: a file has a fault, or a setting no effect.
        FileNotFoundError: a file does not exist.
    """
    settings = SettingsRead(config)
    splits = load_splits(settings)
    settings.refuse_unread(DataConfig, because="the data given")
    findings = all_findings(splits, config.problem_type, progress=progress)
    tokenizer = learn_tokenizer(splits.train, settings)
    held_out = config.train_file is not None and config.validation_file is None
    return Inspection(
        held_out=held_out,
        vocabulary_size=len(tokenizer.vocabulary),
        findings=findings,
        **_counted(Parts(splits).examples, tokenizer, progress),
        **_read(splits.train),
        **_labels(Parts(splits).examples),
    )


def _counted(parts, tokenizer, progress):
    """Returns what is counted in rows and in tokens."""
    encoded = {
        name: encode_whole(part, tokenizer, progress=progress) for name, part in parts.items()
    }
    lengths = encoded["training"].lengths
    return {
        "rows": {name: len(part) for name, part in parts.items()},
        "tokens": length_facts(lengths),
        "histogram": length_histogram(lengths),
        "cut": cut_shares(lengths),
        "pieces": {name: piece_facts(part, tokenizer) for name, part in encoded.items()},
    }


def _read(examples):
    """Returns what the words and letters of the training texts say."""
    scripts = script_shares(example.all_text for example in examples)
    return {
        "words": length_facts([len(lower_words(example.all_text)) for example in examples]),
        "scripts": scripts,
        "language": guessed_language(scripts),
    }


def _labels(parts):
    """Returns what the labels say; numbers count as the band that they are in."""
    named = in_bands(parts) if isinstance(parts["training"][0].label, float) else parts
    return {"classes": class_rows(named), "typical_words": typical_words(named["training"])}
