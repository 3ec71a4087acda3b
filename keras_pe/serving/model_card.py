"""MODEL_CARD.md: what a model was trained on, what it is worth, where it ends, how to ask it."""

from collections.abc import Collection, Mapping, Sequence

from keras_pe.config.text_length import trained_length
from keras_pe.inspection.scripts import script_shares
from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.client_examples import curl_lines, grpc_client
from keras_pe.serving.markdown import escaped, listed, table
from keras_pe.serving.run_card import run_sections
from keras_pe.serving.run_facts import RunFacts
from keras_pe.text.special_tokens import SPECIAL_TOKENS

_SCRIPTS = 6
_READ = {
    "head": "Of a text it reads the first {length:,} tokens, [CLS] and [SEP] included.",
    "tail": "Of a text it reads the last {length:,} tokens, [CLS] and [SEP] included.",
    "head_tail": "Of a text it reads {length:,} tokens, [CLS] and [SEP] included: of a longer one "
    "the first quarter of these from its beginning, the others from its end.",
    "window": "Of a text it reads the first {length:,} tokens, [CLS] and [SEP] included, in "
    "overlapping windows.",
}
_READ_OF_PAIRS = {
    "window": "Of a pair it reads the first {length:,} tokens, [CLS] and both [SEP] included: the "
    "first text in overlapping windows, and the second beside each of them.",
}


def model_card(
    model_name: str,
    answer: ClassAnswer,
    vocabulary: Sequence[str],
    *,
    endpoints: Collection[str],
    max_length: int,
    truncation: str = "head",
    inputs: Sequence[str] = ("text",),
    versions: Mapping[str, str],
    facts: RunFacts | None = None,
) -> str:
    """Writes the page that goes with an exported model.

    Args:
        model_name: name of the served model.
        answer: what the model answers with.
        vocabulary: the tokenizer's word pieces.
        endpoints: names of the endpoints that the model has.
        max_length: int. Tokens of a text that the model reads.
        truncation: str. Which part of a longer text it reads.
        inputs: names of the texts that it takes.
        versions: package -> version, of those that wrote the model.
        facts: of the run that the model came from; None where there was no run.

    Returns:
        Markdown.
    """
    read = (_READ | _READ_OF_PAIRS if len(inputs) > 1 else _READ)[truncation]
    sections = {
        "Labels": listed(answer.label_names),
        "Thresholds": _thresholds(answer),
        **run_sections(model_name, facts),
        "Limits": _limits(answer, vocabulary, read, max_length, facts),
        "How to ask it": _how_to_ask(model_name, endpoints, answer, inputs),
        "Versions": table(["package", "version"], versions.items()),
    }
    pages = [f"## {title}\n\n{text}" for title, text in sections.items() if text]
    kind = f"Two texts{answer.kind.removeprefix('Text')}" if len(inputs) > 1 else answer.kind
    return "\n\n".join([f"# {escaped(model_name)}", kind, *pages]) + "\n"


def _thresholds(answer: ClassAnswer) -> str:
    if answer.thresholds is None:
        return ""
    pairs = zip(answer.label_names, answer.thresholds, strict=True)
    given = table(["label", "threshold"], [(name, f"{value:.4g}") for name, value in pairs])
    return f"A label is given from this score on.\n\n{given}"


def _limits(
    answer: ClassAnswer,
    vocabulary: Sequence[str],
    read: str,
    max_length: int,
    facts: RunFacts | None,
) -> str:
    pieces = (piece for piece in vocabulary if piece not in SPECIAL_TOKENS)
    scripts = list(script_shares(pieces).items())[:_SCRIPTS]
    shown = ", ".join(f"{script} {share:.1%}" for script, share in scripts)
    lines = [
        f"{read.format(length=max_length)} The rest is cut, without a sign in the answer.",
        f"Languages: those of the training texts. The letters of its vocabulary: {shown}. Words "
        "of which it has no pieces are all the same to it ([UNK]).",
        answer.limit,
        "Bytes that are not UTF-8 count as U+FFFD.",
    ]
    trained = trained_length(facts.config) if facts else max_length
    if max_length > trained:
        lines.append(
            f"It was trained on texts of at most {trained:,} tokens; how it does on longer ones, a "
            "test with such texts tells."
        )
    return "\n".join(f"- {line}" for line in lines)


def _how_to_ask(
    model_name: str, endpoints: Collection[str], answer: ClassAnswer, inputs: Sequence[str]
) -> str:
    curl = f"```sh\n{curl_lines(model_name, endpoints, inputs)}\n```"
    program = grpc_client(model_name, answer.shown, answer.printed, inputs)
    client = f"```python\n{program}```"
    served = "Inputs and outputs: `signature.json`. Over REST, then over gRPC:"
    return f"{served}\n\n{curl}\n\n{client}"
