"""A shard: the records of some examples in one TFRecord file."""

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf

from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.readers import chunks
from keras_pe.data.shards.part import Part
from keras_pe.data.shards.record_format import RecordFormat
from keras_pe.data.shards.shard import Shard
from keras_pe.data.target_counts import TargetCounts
from keras_pe.data.target_scale import TargetScale
from keras_pe.data.weight_sums import WeightSums
from keras_pe.files.atomic_file import atomic_file
from keras_pe.preparation.split_rows import in_hash_order
from keras_pe.text.tokenizer import Tokenizer

_CHUNK = 256


def shard_records(
    examples: Iterable[Example],
    labels: LabelVocabulary | TargetScale,
    tokenizer: Tokenizer,
    seed: int,
    format: RecordFormat,
):
    """Yields the records of a shard: the same for the same examples, whatever their order.

    Args:
        examples: iterable of Example.
        labels: What numbers their labels.
        tokenizer: `Tokenizer`.
        seed: int. That of the hash by which they are ordered.
        format: `RecordFormat`.

    Returns:
        An iterator of some records at a time: list of bytes, and `Part` of them without a shard.
    """
    for chunk in chunks(in_hash_order(examples, seed), _CHUNK):
        targets = labels.encode(chunk)
        weights = [example.weight for example in chunk] if format.weighted else [None] * len(chunk)
        ids = list(zip(*(_pieces(column, tokenizer) for column in _columns(chunk)), strict=True))
        records = map(format.to_record, ids, targets, weights)
        part = Part(
            targets=TargetCounts.of(targets),
            lengths=Counter(sum(map(len, own)) for own in ids),
            weights=WeightSums.of(np.array(weights), targets) if format.weighted else None,
        )
        yield list(records), part


def _columns(chunk: Sequence[Example]) -> Iterator[tuple[str, ...]]:
    return zip(*(example.texts for example in chunk), strict=True)


def _pieces(texts: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    encoded = [text.encode("utf-8", "replace") for text in texts]
    return tokenizer.tokenize(tf.constant(encoded)).to_list()


def write_shard(path: Path, records) -> Part:
    """Writes what `shard_records` yields; the file is there complete, or not at all.

    Args:
        path: Path. The TFRecord file.
        records: iterable of (list of bytes, `Part` without a shard).

    Returns:
        `Part` of one shard.
    """
    parts = []
    with atomic_file(path) as temporary:
        with tf.io.TFRecordWriter(str(temporary)) as writer:
            for some, part in records:
                parts.append(part)
                for record in some:
                    writer.write(record)
        together = Part.joined(parts)
        shard = _shard(path.name, temporary, Counter(together.lengths))
    return dataclasses.replace(together, shards=[shard])


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
