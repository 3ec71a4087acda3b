"""Puts word vectors into the token embedding that a model starts from."""

from keras import ops


def start_embedding(model, ids, vectors, *, trainable=True):
    """Gives tokens the vectors that they start from; the others keep their random ones.

    The vectors are multiplied by one number, so that they are spread as the random ones are:

        v' = v * std(embedding) / std(vectors)

    The model multiplies tokens by sqrt(D) and adds positions of size 1. Vectors as they come
    (GloVe's have a standard deviation near 0.4) would be ten times as large as what the rest of the
    model is made for, and drown the positions; and random vectors of other tokens beside them would
    be next to nothing. One number for all leaves angles and ratios between words as they were.

    Args:
        model: `keras.Model` of `build_classifier`.
        ids: [N] int. The tokens.
        vectors: [N, D], float.
        trainable: bool. Whether training may change the embedding, that of all tokens.

    Raises:
        ValueError: the vectors have another size than the model's, or all are the same number.
    """
    embedding = model.get_layer("token_embedding")
    table = ops.convert_to_numpy(embedding.embeddings).copy()
    if vectors.shape[1] != table.shape[1]:
        raise ValueError(
            "`hidden_dim` must be the size of the word vectors. Received: hidden_dim="
            f"{table.shape[1]}, vectors of {vectors.shape[1]}. Choose --hidden_dim="
            f"{vectors.shape[1]}, or other vectors."
        )
    spread = vectors.std()
    if not spread > 0:
        raise ValueError("Word vectors must differ from each other. Received: all the same number.")
    table[ids] = vectors * (table.std() / spread)
    embedding.embeddings.assign(table)
    embedding.trainable = trainable
