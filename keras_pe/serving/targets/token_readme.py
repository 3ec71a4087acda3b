"""The README beside a model of token ids: the steps from text to ids, and to an answer."""

from collections.abc import Mapping

from keras_pe.text.special_tokens import END, START, UNKNOWN
from keras_pe.text.truncations import TRUNCATIONS

README = "README.md"
_README = """\
# A text classifier for {runtime}

`{file}` turns token ids into scores of labels:
{inputs} -> {outputs}.

Text becomes ids as `keras_pe/text/plain/` does it, in plain Python:

1. Bytes that are not UTF-8 count as U+FFFD.{cleaned} Each character becomes what `characters.json`
   says: a space if its code point is in a range [first, last] of `separate`, itself between two
   spaces if in `alone`, nothing if in `removed`, other text if in `replaced`; otherwise it stays.
   Case and accents are {case}.
2. {pieces}
3. {framing} {padding}

{meaning} The numbers above are in `keras_pe.json` too.

With keras_pe installed: `keras-pe-predict --saved_model=. {asked}`.
"""
_WORDPIECE = """\
The result is cut at spaces. A word of more than {longest} bytes of UTF-8 is `{unknown}`, id
   {unknown_id}. Of a word the longest beginning that is a line of `{vocabulary}` is taken, then of
   the rest the longest that is a line with `##` before it, and so on; an id is the number of the
   line, from 0. If nothing fits, the whole word is `{unknown}`."""
_WORDS = """\
The result is cut at spaces. A word's id is the number of its line in `{vocabulary}`, from 0. One
   that has no line, or more than {longest} bytes of UTF-8, is `{unknown}`, id {unknown_id}."""
_SENTENCEPIECE = """\
The result goes to the model `{vocabulary}` of SentencePiece, whose library
   (https://github.com/google/sentencepiece) runs on phones, too; its own rules for spaces are
   inside. An id is that of the model{shifted}."""
_CHARACTERS = """\
Each code point of the result is a token. Its id is the number of its line in `{vocabulary}`, from
   0, where a line feed is `<0x0A>`; of one that has no line, {unknown_id} (`{unknown}`)."""
_BYTES = """\
Each byte of the result's UTF-8 is a token, its id the value of the byte plus 5."""
PIECES = {
    "wordpiece": _WORDPIECE,
    "unigram": _SENTENCEPIECE,
    "bpe": _SENTENCEPIECE,
    "words": _WORDS,
    "characters": _CHARACTERS,
    "bytes": _BYTES,
}
_ONE = """\
The ids of a text: {start_id} (`{start}`), at most {room} ids of pieces, {end_id} (`{end}`).
   Where there are more pieces, the first {from_start} and the last {from_end} are kept."""
_PAIR = """\
The ids of a pair: {start_id} (`{start}`), those of the first text, {end_id} (`{end}`), those of
   the second, {end_id}, of both texts at most {room}. Where a of the first and b of the second are
   more, n = min(a, max({half}, {room} - b)) stay of the first and {room} - n of the second: of n
   ids that stay, the first {rule} and the last of the others. The network tells the texts
   apart by the first {end_id}."""
_RULES = {"head": "n", "window": "n", "tail": "0", "head_tail": "(n + 3) // 4"}
_ORDER = "Scores are in the order of `labels` in `keras_pe.json`"
_MEANINGS = {
    "single_label": f"{_ORDER}; the highest is the answer.",
    "multi_label": f"{_ORDER}; each that reaches its number in `thresholds` there is given.",
    "regression": "The score is the number that is the answer, in the units of the training data.",
}


def token_readme(told: Mapping) -> str:
    """Returns the README of a model.

    Args:
        told: what `keras_pe.json` says of it.
    """
    return _README.format(
        cleaned=_cleaned(told),
        case="folded" if told["lowercase"] else "kept",
        pieces=_pieces(told),
        framing=_framing(told),
        meaning=_MEANINGS[told["problem_type"]],
        asked="'a text' 'another text'" if told["text_pairs"] else "'a text'",
        **{name: told[name] for name in ("runtime", "file", "inputs", "outputs", "padding")},
    )


def _cleaned(told: Mapping) -> str:
    steps = ""
    if told["cleaning"]:
        steps += (
            " Of each pair in `cleaning`, in order, what the first,\n   a regular expression, "
            "finds becomes the second, as it stands there."
        )
    if any(not isinstance(put, str) for _, put in told["cleaning"]):
        steps += (
            "\n   Where that is a table, what is in parentheses is an HTML entity: one of `names`, "
            "as it stands or\n   in lower case, or a number: 128 to 159 are those of "
            "`windows_1252`, those of `spaces` are a\n   space, those that are no character U+FFFD."
        )
    if told["unicode_normalization"] != "none":
        steps += f" Unicode's form is {told['unicode_normalization'].upper()}."
    return steps


def _pieces(told: Mapping) -> str:
    shift, unknown = told["id_shift"], told["special_ids"]["unknown"]
    shifted = f" plus {shift}; of what the model does not know, {unknown}" if shift else ""
    return PIECES[told["tokenizer"]].format(
        longest=told["longest_word_bytes"],
        unknown=UNKNOWN,
        unknown_id=unknown,
        vocabulary=told["vocabulary_file"],
        shifted=shifted,
    )


def _framing(told: Mapping) -> str:
    room = told["max_length"] - 2 - told["text_pairs"]
    from_start = TRUNCATIONS[told["truncation"]](room)
    return (_PAIR if told["text_pairs"] else _ONE).format(
        start=START,
        end=END,
        start_id=told["special_ids"]["start"],
        end_id=told["special_ids"]["end"],
        room=room,
        half=(room + 1) // 2,
        rule=_RULES[told["truncation"]],
        from_start=from_start,
        from_end=room - from_start,
    )
