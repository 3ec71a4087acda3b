"""Labels texts: those on the command line, in a file, or one per line from standard input.

python -m apps.predict --run_dir=runs/reviews 'a good film' 'a dull one'
python -m apps.predict --server=localhost:8500 --model_name=reviews 'a good film'

A model of pairs takes two arguments for each pair, or a line with a tab between the texts.
"""

import itertools
import sys

from absl import flags
from tqdm import tqdm

from keras_pe.config import DataConfig, ServerConfig

from . import _flags
from ._predictions import open_predictions
from ._run import run as run_app
from ._tensorflow import native_messages_hidden, start_quietly

_RUN_DIR = flags.DEFINE_string("run_dir", None, "folder that train wrote")
_SAVED_MODEL = flags.DEFINE_string("saved_model", None, "exported model, instead of run_dir")
_INPUT_FILE = flags.DEFINE_string("input_file", None, "texts in any format that train reads")
_OUTPUT_FILE = flags.DEFINE_string(
    "output_file", None, "new .csv or .jsonl file for the predictions, instead of standard output"
)
_BATCH_SIZE = flags.DEFINE_integer(
    "batch_size", 32, "texts to compute at once; fewer of more than 512 tokens", lower_bound=1
)
_TOP_K = flags.DEFINE_integer("top_k", 1, "labels to show for each text", lower_bound=1)
_CHUNK = 1024
_MODELS = ("run_dir", "saved_model", "server")
_HOW_TO_READ = ("text_column", "second_text_column", "text_separator", "encoding", "format")


def main(arguments):
    """Predicts and prints, or writes to a file."""
    _refuse_contradictions(arguments)
    examples = _examples()  # A file that is not there must not wait for TensorFlow.
    classifier = _classifier()
    pairs = getattr(classifier, "text_pairs", False)
    texts = _pairs(arguments, examples) if pairs else _texts(arguments, examples)
    predictions = classifier.predictions
    if _TOP_K.present and not predictions.ranks:
        raise ValueError(
            "`top_k` has no effect with a model that answers with a number or a set of labels. "
            f"Received: top_k={_TOP_K.value}. Leave it out."
        )
    # Shown where the answers themselves are not.
    shown = _OUTPUT_FILE.value is not None or not sys.stdout.isatty()
    with (
        open_predictions(_OUTPUT_FILE.value, predictions, _TOP_K.value, pairs) as write,
        tqdm(desc="labelling", unit=" texts", disable=None if shown else True) as bar,
    ):
        while chunk := list(itertools.islice(texts, _CHUNK)):
            columns = map(list, zip(*chunk, strict=True))
            _, scores = classifier.predict(*columns, batch_size=_BATCH_SIZE.value)
            write(chunk, scores)
            bar.update(len(chunk))


def _refuse_contradictions(arguments):
    if sum(flags.FLAGS[name].value is not None for name in _MODELS) != 1:
        raise ValueError("One of --run_dir, --saved_model and --server must be given.")
    about_server = _flags.given(ServerConfig, flags.FLAGS)
    if about_server and flags.FLAGS.server is None:
        raise ValueError(f"`{[*about_server][0]}` has no effect without --server. Leave it out.")
    if arguments and _INPUT_FILE.value:
        raise ValueError(
            "Texts come from the command line or from --input_file, not both. "
            f"Received: {arguments[0]!r} and --input_file={_INPUT_FILE.value}"
        )
    given = [name for name in _HOW_TO_READ if flags.FLAGS[name].present]
    if given and not _INPUT_FILE.value:
        raise ValueError(f"`{given[0]}` has no effect without --input_file. Leave it out.")
    if not arguments and not _INPUT_FILE.value and (sys.stdin is None or sys.stdin.isatty()):
        raise ValueError("Give texts as arguments, by --input_file, or on standard input.")


def _examples():
    """Returns the examples of the file; None without one."""
    if not _INPUT_FILE.value:
        return None
    from keras_pe.data.readers import read_examples

    how = {name: flags.FLAGS[name].value for name in _HOW_TO_READ}
    return read_examples(_INPUT_FILE.value, labelled=False, **how)


def _texts(arguments, examples):
    """Yields texts, each in a tuple of its own."""
    if examples is None:
        return ((text,) for text in arguments or _lines())
    if flags.FLAGS.second_text_column is not None:
        raise ValueError(
            "`second_text_column` has no effect: the model was trained on single texts."
        )
    return (example.texts for example in examples)


def _pairs(arguments, examples):
    """Yields pairs of texts, as tuples."""
    if examples is None:
        return _argument_pairs(arguments) if arguments else map(_line_pair, _lines())
    if flags.FLAGS.second_text_column is None:
        raise ValueError(
            "`second_text_column` must be given: the model was trained on pairs of texts."
        )
    return (example.texts for example in examples)


def _argument_pairs(arguments):
    if len(arguments) % 2:
        raise ValueError(
            "The model was trained on pairs of texts: there must be two arguments for each pair. "
            f"Received: {len(arguments)}"
        )
    return zip(arguments[::2], arguments[1::2], strict=True)


def _line_pair(line):
    pair = tuple(line.split("\t"))
    if len(pair) != 2:
        raise ValueError(
            "The model was trained on pairs of texts: each line must be two texts with one tab "
            f"between them. Received: {line[:60]!r}"
        )
    return pair


def _lines():
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return (line.rstrip("\r\n") for line in sys.stdin)


def _classifier():
    if flags.FLAGS.server is not None:
        from keras_pe.client.remote_classifier import RemoteClassifier

        return RemoteClassifier(_flags.read(ServerConfig, flags.FLAGS))
    start_quietly()
    if _SAVED_MODEL.value:
        from keras_pe.serving.exported import open_exported

        with native_messages_hidden():
            return open_exported(_SAVED_MODEL.value)
    from keras_pe.classifier import TextClassifier

    return TextClassifier.load(_RUN_DIR.value)


def run():
    """Entry point of the command."""
    _flags.define(DataConfig, *_HOW_TO_READ)
    _flags.define(ServerConfig)
    run_app(main)


if __name__ == "__main__":
    run()
