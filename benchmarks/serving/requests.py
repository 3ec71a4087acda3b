"""Requests to a classifier, one after the other, as a server gets them."""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Answer = Callable[[Sequence[str]], list[str]]


def serve(answer: Answer, texts_file: str) -> Callable[[dict], list[float]]:
    """Returns what a child does when it is asked: it answers all texts and times each request.

    Args:
        answer: function from raw texts to the labels they get.
        texts_file: str. JSON list of texts.

    Returns:
        Function of `{"batch_size": int}` that returns the milliseconds of every request.
    """
    texts = json.loads(Path(texts_file).read_text(encoding="utf-8"))

    def requests(request: dict) -> list[float]:
        size, taken = request["batch_size"], []
        for start in range(0, len(texts), size):
            batch = texts[start : start + size]
            began = time.perf_counter()
            labels = answer(batch)
            taken.append(1000 * (time.perf_counter() - began))
            if len(labels) != len(batch):
                raise RuntimeError(
                    f"Every text must get a label. Received: {len(labels)} for {len(batch)} texts"
                )
        return taken

    return requests
