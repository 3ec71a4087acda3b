"""Word vectors of a run: read for its vocabulary, put into its model."""

from keras_pe.models.start_embedding import start_embedding
from keras_pe.text.word_vectors import WordVectors, load_word_vectors


def start_from_vectors(model, tokenizer, settings) -> WordVectors | None:
    """Starts the token embedding of a model from the word vectors that the settings name.

    Args:
        model: `keras.Model` of `build_classifier`, not compiled yet.
        tokenizer: `Tokenizer` of the run.
        settings: `RunConfig`, or a config that has the fields of `TextConfig`.

    Returns:
        The vectors that were found, or None where the settings name no file.

    Raises:
        ImportError: gensim is not installed.
        FileNotFoundError: there is no such file.
        ValueError: it holds no vectors that can be used, or their size is not the model's.
    """
    if settings.word_vectors is None:
        return None
    found = load_word_vectors(settings.word_vectors, tokenizer)
    trainable = not settings.freeze_embeddings
    start_embedding(model, found.ids, found.vectors, trainable=trainable)
    return found
