"""What a run is about to do, in a few lines."""

import numpy as np

from keras_pe.config.text_length import trained_length

# In a Transformer, counted past the trained length; measured: docs/extrapolation.md.
_FALLS_BEYOND = ("sinusoidal", "learned")
_CUT = {
    "head": "cut to max_length={length}",
    "tail": "cut to max_length={length}, their end",
    "head_tail": "cut to max_length={length}, their beginning and end",
    "window": "cut to max_windows={windows} of max_length={length}, {tokens:,} tokens in all",
}


def describe(data, config, model, steps_per_epoch, *, class_weights=None, word_vectors=None) -> str:
    """Returns the size and faults of the data, the model, and the training, a line or a few each.

    Args:
        data: `PreparedData` or `ShardedData`.
        config: Resolved `RunConfig`.
        model: `keras.Model`.
        steps_per_epoch: int.
        class_weights: [C] float, or None.
        word_vectors: `WordVectors` that the embedding starts from, or None.

    Returns:
        Lines of text, without a line break at the end.
    """
    lines = {
        "texts": _sizes(data),
        "labels": data.labels.describe(data.train.target_counts),
        "checks": _checks(data.findings, config),
        "lengths": _lengths(data.train, config) + _beyond(config),
        "tokenizer": f"{data.tokenizer.kind}, {config.vocabulary_size:,} entries",
        "model": f"{config.model}, position {config.position}, {model.count_params():,} parameters",
        "training": (
            f"{config.epochs} epochs of {steps_per_epoch:,} steps, "
            f"{config.optimizer}, {config.precision}"
        ),
    }
    weights = [*_class_weights(class_weights, data, config), *_row_weights(data.train.weight_sums)]
    if weights:
        lines["weights"] = f"{'; '.join(weights)}, in the training loss alone"
    if word_vectors is not None:
        lines["vectors"] = _vectors(word_vectors, config)
    return "\n".join(f"{name:<10} {line}" for name, line in lines.items())


def _sizes(data):
    parts = {"training": data.train, "validation": data.validation, "test": data.test}
    return ", ".join(f"{len(part):,} {name}" for name, part in parts.items() if part is not None)


def _checks(findings, config):
    """Says what was found, a line each, or in one line what was looked for."""
    found = [_finding(finding, config) for finding in findings if finding.found]
    return f"\n{'':<10} ".join(found) or ", ".join(finding.sentence for finding in findings)


def _finding(finding, config):
    learned = any(rows for name, rows in finding.numbers.items() if name.endswith("in training"))
    if learned and (config.validation_file or config.test_file):
        return f"{finding.sentence}. --on_leak=drop leaves them out of training"
    return finding.sentence


def _class_weights(class_weights, data, config):
    if class_weights is None:
        return []
    present = np.flatnonzero(data.train.target_counts.per_class(len(data.labels)))
    low, *_, high = present[np.argsort(class_weights[present], kind="stable")]
    least, most = (f"{class_weights[at]:.3g} ({data.labels.names[at]})" for at in (low, high))
    what = "label that holds" if config.problem_type == "multi_label" else "text"
    return [f"{least} to {most}, per {what}"]


def _row_weights(sums):
    if sums is None:
        return []
    return [f"{sums.least:.3g} to {sums.most:.3g} as the rows say"]


def _vectors(word_vectors, config):
    kept = ", kept as they are" if config.freeze_embeddings else ""
    return (
        f"{len(word_vectors.ids):,} of {word_vectors.entries:,} entries ({word_vectors.share:.1%}) "
        f"found in {config.word_vectors}{kept}"
    )


def _lengths(encoded, config):
    middle, high, longest = encoded.full_length_percentiles([50, 95, 100])
    cut = _CUT[config.truncation].format(
        length=config.max_length, windows=config.max_windows, tokens=trained_length(config)
    )
    return (
        f"{middle:.0f} tokens (median), {high:.0f} (95 %), {longest:,.0f} (longest); "
        f"{encoded.cut / len(encoded):.1%} of the training texts are {cut}"
    )


def _beyond(config):
    """Says what lies ahead of a model that will read longer texts than it was trained on."""
    if (config.inference_length or 0) <= trained_length(config):
        return ""
    line = f"; once trained, it reads {config.inference_length:,}"
    falls = config.position in _FALLS_BEYOND and config.position_source == "counted"
    if config.model == "transformer" and falls and config.truncation != "window":
        return (
            f"{line}, where {config.position} positions that it never saw mislead it: choose "
            "rotary, alibi or fire (docs/extrapolation.md)"
        )
    return line
