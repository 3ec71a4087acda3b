"""A classifier in a folder, in every form that a contender reads."""

import functools
import json
import random
from pathlib import Path

from benchmarks.texts import BenchmarkTexts
from benchmarks.training import sized
from keras_pe.config import RunConfig
from keras_pe.models import build_classifier
from keras_pe.serving.saved_model import write_saved_model
from keras_pe.serving.targets.litert import write_litert
from keras_pe.serving.targets.onnx import write_onnx


def store_classifier(
    folder: Path, texts: BenchmarkTexts, config: RunConfig, requests: int
) -> RunConfig:
    """Writes an untrained classifier, which takes as long as a trained one, and texts to ask for.

    Args:
        folder: Path. Gets `exported/1`, `litert/1`, `litert_int8/1`, `onnx/1`, `model.keras`,
            `vocabulary.txt`, `tokenizer.json` and `texts.json`.
        texts: `BenchmarkTexts`. Gives the vocabulary, the labels and the texts to ask for.
        config: `RunConfig`.
        requests: int. How many texts to ask for.

    Returns:
        The config with the sizes that the texts decide.
    """
    config = sized(config, texts)
    model = build_classifier(config)
    texts.tokenizer.save(folder)
    model.save(folder / "model.keras")
    int8 = functools.partial(write_litert, quantization="dynamic_int8")
    writers = {
        "exported": write_saved_model,
        "litert": write_litert,
        "litert_int8": int8,
        "onnx": write_onnx,
    }
    for name, write in writers.items():
        write(
            model,
            texts.tokenizer,
            texts.labels.names,
            folder / name,
            max_length=config.max_length,
        )
    drawn = random.Random(config.seed).sample(texts.examples, requests)
    asked = json.dumps([example.text for example in drawn])
    (folder / "texts.json").write_text(asked, encoding="utf-8")
    return config
