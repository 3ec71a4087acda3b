"""From token ids to padded batches: a batch at a time, beside element by element."""

import numpy as np
import tensorflow as tf

from benchmarks.measurement import Measurement
from benchmarks.rounds import Contender, interleave
from benchmarks.texts import BenchmarkTexts
from keras_pe.config import RunConfig
from keras_pe.data.batches import TrainingBatches
from keras_pe.data.length_groups import padded_lengths

TITLE = "batching: token ids to shuffled, padded batches"


def measure(texts: BenchmarkTexts, config: RunConfig, rounds: int) -> Measurement:
    """Times one epoch of batches, from ids in memory to tensors, with nothing trained."""
    encoded = texts.encoded
    elements = _elements(encoded)
    datasets = {
        "tf.data padded_batch, fixed length": _padded(elements, config),
        "tf.data bucket_by_sequence_length": _bucketed(elements, padded_lengths(encoded), config),
        "keras_pe": own_batches(encoded, config).dataset(),
    }
    contenders = [
        Contender(name, lambda dataset=dataset: _drain(dataset, len(encoded)), fill(dataset))
        for name, dataset in datasets.items()
    ]
    return Measurement(
        title=TITLE,
        texts=len(encoded),
        tokens=int(encoded.lengths.sum()),
        contenders=tuple(interleave(contenders, rounds=rounds, title=TITLE)),
    )


def own_batches(encoded, config) -> TrainingBatches:
    """Returns the batches that `train` would make of encoded texts."""
    return TrainingBatches(
        encoded,
        batch_size=config.batch_size,
        lengths=padded_lengths(encoded),
        seed=config.seed,
    )


def fill(dataset: tf.data.Dataset) -> float:
    """Returns which share of the tokens that a dataset serves is no padding."""
    batches = [ids for ids, _ in dataset.as_numpy_iterator()]
    return sum(map(np.count_nonzero, batches)) / sum(ids.size for ids in batches)


def _elements(encoded):
    rows = tf.RaggedTensor.from_row_splits(encoded.ids, encoded.offsets)
    slices = tf.data.Dataset.from_tensor_slices((rows, encoded.labels))
    # A map turns ragged tensors of one row into the plain tensors that batching asks for.
    return slices.shuffle(len(encoded)).map(lambda ids, label: (ids, label))


def _padded(elements, config):
    batches = elements.padded_batch(config.batch_size, ([config.max_length], []))
    return batches.prefetch(tf.data.AUTOTUNE)


def _bucketed(elements, lengths, config):
    batches = elements.bucket_by_sequence_length(
        lambda ids, label: tf.shape(ids)[0],
        # A bucket holds what is shorter than its boundary, and is padded to one less.
        bucket_boundaries=[length + 1 for length in lengths],
        bucket_batch_sizes=[config.batch_size] * (len(lengths) + 1),
        pad_to_bucket_boundary=True,
    )
    return batches.prefetch(tf.data.AUTOTUNE)


def _drain(dataset, texts):
    served = sum(labels.shape[0] for _, labels in dataset)
    if served != texts:
        raise RuntimeError(f"A round must serve every text. Received: {served} of {texts}")
