"""Padded batches of token ids as `tf.data`, always of known cardinality."""

from keras_pe.data.batches.dataset import batch_dataset
from keras_pe.data.batches.evaluation import evaluation_batches
from keras_pe.data.batches.padded import padded_batch
from keras_pe.data.batches.training import TrainingBatches, drawn_rows

__all__ = [
    "TrainingBatches",
    "batch_dataset",
    "drawn_rows",
    "evaluation_batches",
    "padded_batch",
]
