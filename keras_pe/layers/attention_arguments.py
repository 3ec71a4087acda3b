"""The checks of what attention is made with."""


def check_numbers(num_heads, log_n_scaling, attention_window, query_chunk_size):
    """Raises `ValueError` if a number is out of range.

    Args:
        num_heads: int.
        log_n_scaling: float or None.
        attention_window: int or None.
        query_chunk_size: int or None.
    """
    if num_heads < 1:
        raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
    if log_n_scaling is not None and log_n_scaling <= 1:
        raise ValueError(
            f"`log_n_scaling` must be above 1. Received: log_n_scaling={log_n_scaling!r}"
        )
    sizes = {"attention_window": attention_window, "query_chunk_size": query_chunk_size}
    for name, size in sizes.items():
        if size is not None and size < 1:
            raise ValueError(f"`{name}` must be at least 1, or None. Received: {name}={size}")


def check_position(position, attention_window):
    """Raises `ValueError` if an encoding cannot act in such attention.

    Args:
        position: A `PositionEncoding`.
        attention_window: int or None.
    """
    if position.acts_on_embeddings and not position.acts_in_attention:
        raise ValueError(
            "`position` must act inside attention. "
            f"Received: position={type(position).__name__}, which acts on embeddings. "
            "Call it on the embeddings instead, or give it to `TransformerEncoder`."
        )
    if attention_window is not None and position.reads_text_length:
        raise ValueError(
            "`attention_window` must be None with an encoding that reads how long a text is. "
            f"Received: attention_window={attention_window}, position={type(position).__name__}"
        )
