"""A classifier in a folder, in every form that a contender reads."""

import json
import random
from pathlib import Path

from benchmarks.texts import BenchmarkTexts
from benchmarks.training import sized
from keras_pe.config import RunConfig
from keras_pe.models import build_classifier
from keras_pe.serving.saved_model import write_saved_model


def store_classifier(
    folder: Path, texts: BenchmarkTexts, config: RunConfig, requests: int
) -> RunConfig:
    """Writes an untrained classifier, which takes as long as a trained one, and texts to ask for.

    Args:
        folder: Path. Gets `exported/1`, `model.keras`, `vocabulary.txt`, `tokenizer.json` and
            `texts.json`.
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
    write_saved_model(
        model,
        texts.tokenizer,
        texts.labels.names,
        folder / "exported",
        max_length=config.max_length,
    )
    drawn = random.Random(config.seed).sample(texts.examples, requests)
    asked = json.dumps([example.text for example in drawn])
    (folder / "texts.json").write_text(asked, encoding="utf-8")
    return config
