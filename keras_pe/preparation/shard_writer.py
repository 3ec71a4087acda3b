"""A shard: the records of some examples in one TFRecord file."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import tensorflow as tf

from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.readers import chunks
from keras_pe.data.shards.part import Part
from keras_pe.data.shards.record import to_record
from keras_pe.data.shards.shard import Shard
from keras_pe.files.atomic_file import atomic_file
from keras_pe.preparation.split_rows import in_hash_order
from keras_pe.text.tokenizer import Tokenizer

_CHUNK = 256


def shard_records(
    examples: Iterable[Example], labels: LabelVocabulary, tokenizer: Tokenizer, seed: int
):
    """Yields the records of a shard: the same for the same examples, whatever their order.

    Args:
        examples: iterable of Example.
        labels: `LabelVocabulary`.
        tokenizer: `Tokenizer`.
        seed: int. That of the hash by which they are ordered.

    Returns:
        An iterator of (record, number of pieces, number of the label).
    """
    for chunk in chunks(in_hash_order(examples, seed), _CHUNK):
        texts = tf.constant([example.text.encode("utf-8", "replace") for example in chunk])
        rows = tokenizer.tokenize(texts)
        numbers = labels.encode(chunk).tolist()
        for ids, number in zip(rows.to_list(), numbers, strict=True):
            yield to_record(ids, number), len(ids), number


def write_shard(path: Path, records) -> Part:
    """Writes what `shard_records` yields; the file is there complete, or not at all.

    Args:
        path: Path. The TFRecord file.
        records: iterable of (record, number of pieces, number of the label).

    Returns:
        `Part` of one shard.
    """
    labels, lengths = Counter(), Counter()
    with atomic_file(path) as temporary:
        with tf.io.TFRecordWriter(str(temporary)) as writer:
            for record, pieces, label in records:
                writer.write(record)
                labels[label] += 1
                lengths[pieces] += 1
        shard = _shard(path.name, temporary, lengths)
    return Part(shards=[shard], labels=dict(labels), lengths=dict(lengths))


def _shard(name: str, path: Path, lengths: Counter) -> Shard:
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Shard(
        file=name,
        rows=lengths.total(),
        pieces=sum(length * rows for length, rows in lengths.items()),
        bytes=path.stat().st_size,
        sha256=digest,
    )


def shard_name(part: str, bucket: int, num_buckets: int) -> str:
    """Returns the name of a shard, as TensorFlow's tools count shards.

    Example:
        >>> shard_name("train", 3, 16)
        'train-00003-of-00016.tfrecord'
    """
    return f"{part}-{bucket:05d}-of-{num_buckets:05d}.tfrecord"
