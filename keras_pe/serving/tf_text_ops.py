"""TF Text's ops: those that every server has, and how to load them without Keras."""

import importlib.util
from pathlib import Path

import tensorflow as tf

# The ops of TF Text 2.12.1, which TensorFlow Serving 2.15.1 to 2.19.1 embeds
# (tensorflow_serving/workspace.bzl); 2.20.0 embeds a version with three more.
TF_TEXT_OPS = frozenset(
    (
        "CaseFoldUTF8",
        "ConstrainedSequence",
        "FastBertNormalize",
        "FastWordpieceTokenizeWithOffsets",
        "FindSourceOffsets",
        "MaxSpanningTree",
        "NormalizeUTF8",
        "NormalizeUTF8WithOffsetsMap",
        "PhraseTokenize",
        "RegexSplitWithOffsets",
        "RougeL",
        "SentenceFragments",
        "SentenceFragmentsV2",
        "SentencepieceDetokenizeOp",
        "SentencepieceIdToStringOp",
        "SentencepieceOp",
        "SentencepieceStringToIdOp",
        "SentencepieceTokenizeOp",
        "SentencepieceTokenizeWithOffsetsOp",
        "SentencepieceVocabSizeOp",
        "SplitMergeTokenizeWithOffsets",
        "TFText>BoiseTagsToOffsets",
        "TFText>ByteSplitByOffsets",
        "TFText>ByteSplitWithOffsets",
        "TFText>FastSentencepieceDetokenize",
        "TFText>FastSentencepieceTokenize",
        "TFText>FastWordpieceDetokenize",
        "TFText>NgramsStringJoin",
        "TFText>OffsetsToBoiseTags",
        "TFText>PhraseDetokenize",
        "TFText>WhitespaceTokenizeWithOffsetsV2",
        "TokenizerFromLogits",
        "UnicodeScriptTokenizeWithOffsets",
        "WhitespaceTokenizeWithOffsets",
        "WordpieceTokenizeWithOffsets",
    )
)


def register_text_ops() -> None:
    """Lets this process load graphs with TF Text's ops.

    `import tensorflow_text` does it too, but since its package defines Keras layers, it imports
    Keras, which takes seconds and which a serving process need not have.

    Raises:
        ImportError: if tensorflow_text is not installed.
    """
    package = importlib.util.find_spec("tensorflow_text")
    if package is None:
        raise ImportError(
            "An exported tokenizer needs TF Text's ops: pip install tensorflow-text, in the "
            f"version of tensorflow, which is {tf.__version__}"
        )
    # A library that this process has loaded before is not loaded again.
    for library in sorted(Path(package.origin).parent.glob("python/ops/_*.so")):
        tf.load_op_library(str(library))
