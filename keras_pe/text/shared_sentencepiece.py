"""TensorFlow Text's SentencePiece, with a model that stays."""

import hashlib

import tensorflow as tf
import tensorflow_text as tf_text
from tensorflow_text.python.ops.sentencepiece_tokenizer import gen_sentencepiece_tokenizer


class SharedSentencePiece(tf_text.SentencepieceTokenizer):
    """A `tf_text.SentencepieceTokenizer` that survives `keras.utils.set_random_seed`.

    TensorFlow Text's own keeps its model in the kernel that made it. A seed that is set clears the
    cache of kernels, and all later calls fail: "Resource ... does not exist" (2.21.1; "TODO
    b/318839908" in its source). A resource with a name of its own belongs to the process instead.

    Args:
        model: bytes. The serialised model.

    Example:
        >>> from keras_pe.text.sentencepiece_model import learn_sentencepiece
        >>> model = learn_sentencepiece(["to be"] * 9, model_type="bpe", vocabulary_size=100)
        >>> pieces = SharedSentencePiece(model)
        >>> tf.random.set_seed(1)
        >>> pieces.tokenize(["to be"]).to_list()
        [[8, 7]]
    """

    def __init__(self, model: bytes):
        super().__init__(model, out_type=tf.int32)
        self._model_resource = _Model(model)


class _Model(tf.saved_model.experimental.TrackableResource):
    def __init__(self, model: bytes):
        super().__init__()
        self._model = model
        _ = self.resource_handle  # Asking for it makes it.

    def _create_resource(self):
        # The same model may be there twice; another of the same name would be taken for it.
        name = f"sentencepiece_{hashlib.sha256(self._model).hexdigest()}"
        return gen_sentencepiece_tokenizer.sentencepiece_op(model=self._model, shared_name=name)
