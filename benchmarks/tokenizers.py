"""Every tokenizer there is, beside what one would take instead."""

import tempfile
from collections.abc import Callable, Sequence
from functools import partial

import keras
import tensorflow as tf

from benchmarks.measurement import Measurement
from benchmarks.rounds import Contender, interleave
from benchmarks.serving.rust_tokenizer import RustTokenizer
from benchmarks.texts import BenchmarkTexts
from keras_pe.config import RunConfig
from keras_pe.data.encode_examples import encode_examples
from keras_pe.data.readers import chunks
from keras_pe.text.tokenizers import TOKENIZERS

TITLE = "tokenizers: texts to token ids"
_TEXTS_AT_ONCE = 512


def measure(texts: BenchmarkTexts, config: RunConfig, rounds: int) -> Measurement:
    """Times texts to ids, 512 texts at a time; learning is not part of a round.

    `TextVectorization` has the words of our `words`; the Rust tokenizer has the vocabulary and the
    pieces of our `wordpiece`, and RAYON_NUM_THREADS threads. Tokens are those of `wordpiece`.
    """
    learned = {name: _learned(name, texts, config) for name in TOKENIZERS}
    contenders = [
        Contender("keras TextVectorization", _chunked(_keras_words(learned["words"]), texts)),
        Contender("Hugging Face tokenizers, wordpiece", _chunked(_rust(texts, config), texts)),
        *(
            Contender(f"keras_pe {name}", partial(_own, tokenizer, texts, config))
            for name, tokenizer in learned.items()
        ),
    ]
    return Measurement(
        title=TITLE,
        texts=len(texts.examples),
        tokens=int(texts.encoded.lengths.sum()),
        contenders=tuple(interleave(contenders, rounds=rounds, title=TITLE)),
    )


def _learned(name, texts, config):
    written = (example.text for example in texts.examples)
    return TOKENIZERS[name].learn(written, vocabulary_size=config.vocabulary_size)


def _own(tokenizer, texts, config):
    encoded = encode_examples(texts.examples, tokenizer=tokenizer, max_length=config.max_length)
    _check(len(encoded), texts)


def _keras_words(tokenizer):
    words = [tokenizer.piece_text(piece) for piece in tokenizer.vocabulary]
    layer = keras.layers.TextVectorization(vocabulary=[word for word in words if word.isalnum()])
    return lambda chunk: layer(tf.constant(chunk))


def _rust(texts, config):
    with tempfile.TemporaryDirectory() as folder:
        texts.tokenizer.save(folder)
        return RustTokenizer(folder, config.max_length)


def _chunked(encode: Callable[[Sequence[str]], Sequence], texts: BenchmarkTexts):
    def run_round():
        served = 0
        for examples in chunks(texts.examples, _TEXTS_AT_ONCE):
            served += len(encode([example.text for example in examples]))
        _check(served, texts)

    return run_round


def _check(served, texts):
    if served != len(texts.examples):
        raise RuntimeError(
            f"A round must serve every text. Received: {served} of {len(texts.examples)}"
        )
