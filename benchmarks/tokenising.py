"""From texts to token ids: hundreds at a time, beside one by one."""

import keras_hub
import tensorflow as tf

from benchmarks.measurement import Measurement
from benchmarks.rounds import Contender, interleave
from benchmarks.texts import BenchmarkTexts
from keras_pe.config import RunConfig
from keras_pe.data.encode_examples import encode_examples

TITLE = "tokenising: texts to token ids"


def measure(texts: BenchmarkTexts, config: RunConfig, rounds: int) -> Measurement:
    """Times what happens once before training. Setting up, tracing included, is part of a round.

    Keras Hub's tokenizer has the same vocabulary and gives the same pieces.
    """

    def own():
        encoded = encode_examples(
            texts.examples, tokenizer=texts.tokenizer, max_length=config.max_length
        )
        _check(len(encoded), texts)

    contenders = [
        Contender("keras_hub WordPieceTokenizer, text by text", lambda: _one_by_one(texts, config)),
        Contender("the same, in batches of texts", lambda: _in_batches(texts, config)),
        Contender("keras_pe", own),
    ]
    return Measurement(
        title=TITLE,
        texts=len(texts.examples),
        tokens=int(texts.encoded.lengths.sum()),
        contenders=tuple(interleave(contenders, rounds=rounds, title=TITLE)),
    )


def _one_by_one(texts, config):
    tokenizer = plain_tokenizer(texts)
    ids = _dataset(texts).map(
        lambda text: tokenizer(text)[: config.max_length], num_parallel_calls=tf.data.AUTOTUNE
    )
    _check(sum(1 for _ in ids), texts)


def _in_batches(texts, config):
    tokenizer = plain_tokenizer(texts)
    ids = _dataset(texts).batch(config.batch_size)
    ids = ids.map(
        lambda batch: tokenizer(batch)[:, : config.max_length], num_parallel_calls=tf.data.AUTOTUNE
    )
    _check(sum(batch.shape[0] for batch in ids), texts)


def _dataset(texts):
    return tf.data.Dataset.from_tensor_slices([example.text for example in texts.examples])


def plain_tokenizer(texts: BenchmarkTexts) -> keras_hub.tokenizers.WordPieceTokenizer:
    """Returns Keras Hub's tokenizer with the vocabulary of ours."""
    return keras_hub.tokenizers.WordPieceTokenizer(
        vocabulary=list(texts.tokenizer.vocabulary), lowercase=True, strip_accents=True
    )


def _check(served, texts):
    if served != len(texts.examples):
        raise RuntimeError(
            f"A round must serve every text. Received: {served} of {len(texts.examples)}"
        )
