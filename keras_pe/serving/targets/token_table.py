"""The files beside a model of token ids: what turns text into ids, and scores into labels."""

import json
from pathlib import Path

import keras
import tensorflow as tf

from keras_pe import __version__
from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.targets.token_folder import CHARACTERS, DESCRIPTION, VOCABULARY
from keras_pe.text.character_table import character_table
from keras_pe.text.plain_wordpiece import LONGEST_WORD_BYTES
from keras_pe.text.special_tokens import END, PAD, START, UNKNOWN
from keras_pe.text.truncation import TRUNCATIONS
from keras_pe.text.vocabulary import write_vocabulary
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

README = "README.md"
_README = """\
# {name}

`{model_file}` turns the ids of word pieces into scores of labels:
{inputs} -> {outputs}.

Text becomes ids as `keras_pe/text/plain_wordpiece.py` does it, with the standard library of Python:

1. Bytes that are not UTF-8 count as U+FFFD. Each character becomes what `characters.json` says: a
   space if its code point is in a range [first, last] of `separate`, itself between two spaces if
   in `alone`, nothing if in `removed`, other text if in `replaced`; otherwise it stays. Case and
   accents are {case}.
2. The result is cut at spaces. A word of more than {longest} bytes of UTF-8 is `{unknown}`, id
   {unknown_id}.
3. Of a word the longest beginning that is a line of `vocabulary.txt` is taken, then of the rest the
   longest that is a line with `##` before it, and so on; an id is the number of the line, from 0.
   If nothing fits, the whole word is `{unknown}`.
4. The ids of a text: {start_id} (`{start}`), at most {room} ids of pieces, {end_id} (`{end}`).
   Where there are more pieces, the first {from_start} and the last {from_end} are kept.
   {padding}

{meaning} The numbers above are in `keras_pe.json` too.

With keras_pe installed: `keras-pe-predict --saved_model=. 'a text'`.
"""
_ORDER = "Scores are in the order of `labels` in `keras_pe.json`"
_MEANINGS = {
    "single_label": f"{_ORDER}; the highest is the answer.",
    "multi_label": f"{_ORDER}; each that reaches its number in `thresholds` there is given.",
    "regression": "The score is the number that is the answer, in the units of the training data.",
}


def write_token_table(
    folder: Path,
    tokenizer: WordPieceTokenizer,
    answer: ClassAnswer,
    *,
    max_length: int,
    model: dict[str, str],
) -> None:
    """Writes `vocabulary.txt`, `characters.json`, `keras_pe.json` and `README.md`.

    Args:
        folder: the version that is being written.
        tokenizer: the one that the model was trained with.
        answer: what the model answers with.
        max_length: int. Ids of a text.
        model: `kind`, `file`, `inputs`, `outputs`, `padding` (a sentence) and what else the reader
            of this kind wants to know.
    """
    special = {"pad": PAD, "unknown": UNKNOWN, "start": START, "end": END}
    ids = {name: tokenizer.vocabulary.index(token) for name, token in special.items()}
    room = max_length - tokenizer.framing_tokens
    from_start = TRUNCATIONS[tokenizer.truncation](room)
    description = {
        **model,
        "labels": list(answer.label_names),
        "problem_type": answer.problem_type,
        "thresholds": None if answer.thresholds is None else answer.thresholds.tolist(),
        "max_length": max_length,
        "from_start": from_start,
        "lowercase": tokenizer.lowercase,
        "special_ids": ids,
        "longest_word_bytes": LONGEST_WORD_BYTES,
        "versions": {
            "keras_pe": __version__,
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
        },
    }
    write_vocabulary(tokenizer.vocabulary, folder / VOCABULARY)
    _write_json(folder / CHARACTERS, character_table(tokenizer))
    _write_json(folder / DESCRIPTION, description, indent=1)
    readme = _README.format(
        name=f"A text classifier for {model['runtime']}",
        model_file=model["file"],
        case="folded" if tokenizer.lowercase else "kept",
        meaning=_MEANINGS[answer.problem_type],
        longest=LONGEST_WORD_BYTES,
        room=room,
        from_start=from_start,
        from_end=room - from_start,
        **{name: model[name] for name in ("inputs", "outputs", "padding")},
        **{name: token for name, token in special.items() if name != "pad"},
        **{f"{name}_id": number for name, number in ids.items() if name != "pad"},
    )
    (folder / README).write_text(readme, encoding="utf-8")


def _write_json(path: Path, content: object, **layout) -> None:
    text = json.dumps(content, ensure_ascii=False, **layout)
    path.write_text(text + "\n", encoding="utf-8")
