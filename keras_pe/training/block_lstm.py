"""Training an LSTM on a processor: TensorFlow's kernels for LSTMs, and the gradient by hand."""

import tensorflow as tf

from keras_pe.training.reading_order import reading_order, taken, taken_once


def block_lstm(sequences, mask, weights, *, go_backwards, return_sequences, zero_output_for_mask):
    """Returns what `keras.layers.LSTM` does, from states of zeros, for 0.7 of the time.

    All is computed in float32. Skipped tokens are moved behind the others before, and steps end
    with the longest text. It has a gradient, but not a gradient of that, and XLA knows no kernel.

    Args:
        sequences: [B, T, D], float.
        mask: [B, T], bool; None if all tokens are read.
        weights: kernel [D, 4 H], recurrent kernel [H, 4 H] and bias [4 H], gates as in Keras.
        go_backwards: bool. Whether to read from the last token to the first.
        return_sequences: bool. Whether to return the output of each step, in the order of reading.
        zero_output_for_mask: bool. Whether the output of a skipped token is 0, not the last state.

    Returns:
        [B, H], float32, or [B, T, H] with `return_sequences`.
    """
    mask = tf.ones(tf.shape(sequences)[:2], "bool") if mask is None else tf.cast(mask, "bool")
    order, length, places, begun = reading_order(mask, go_backwards)
    states = _states(tf.cast(sequences, "float32"), order, length, weights)
    has_output = begun & mask if zero_output_for_mask else begun
    if not return_sequences:
        last = 0 if go_backwards else -1
        places, has_output = places[:, last], has_output[:, last]
    elif go_backwards:
        places, has_output = tf.reverse(places, [1]), tf.reverse(has_output, [1])
    outputs = taken(states, tf.maximum(places, 0))
    return outputs * tf.cast(has_output, "float32")[..., tf.newaxis]


def _states(sequences, order, length, weights):
    """Returns [L * B, H]: the states after each step."""
    weights = [_by_kernels_order(tf.cast(weight, "float32")) for weight in weights]
    (features, _), units = weights[0].shape, weights[1].shape[0]
    tokens = taken_once(tf.reshape(sequences, [-1, features]), order)
    steps = tf.reshape(tokens, [length, tf.shape(sequences)[0], features])
    return tf.reshape(_read(steps, *weights), [-1, units])


def _by_kernels_order(weight):
    """Returns the gates input, cell, forget, output; Keras has the forget gate second."""
    into, forget, cell, out = tf.split(weight, 4, axis=-1)
    return tf.concat([into, cell, forget, out], axis=-1)


@tf.custom_gradient
def _read(steps, kernel, recurrent_kernel, bias):
    """Returns states [L, B, H] of steps [L, B, D]."""
    length, zeros = tf.shape(steps)[0], _zero_state(steps, recurrent_kernel)
    gates = tf.raw_ops.BlockLSTM(
        seq_len_max=tf.cast(length, "int64"),
        x=steps,
        cs_prev=zeros,
        h_prev=zeros,
        w=tf.concat([kernel, recurrent_kernel], axis=0),
        b=bias,
        forget_bias=0.0,  # The bias of Keras has it.
        cell_clip=-1.0,  # None; by default the kernel has one.
        **_no_peepholes(zeros),
    )

    # The registered gradient takes 2 products more in each step, and 1.7 times as long (2.21).
    def gradient(upstream):
        changes = _gate_gradients(upstream, gates, recurrent_kernel, bias)
        before = tf.concat([zeros[tf.newaxis], gates.h[:-1]], axis=0)
        return (
            tf.reshape(tf.matmul(changes, kernel, transpose_b=True), tf.shape(steps)),
            tf.matmul(_flat(steps), changes, transpose_a=True),
            tf.matmul(_flat(before), changes, transpose_a=True),
            # As a sum over the first axis it would take three times as long.
            tf.matmul(tf.ones_like(changes[:, :1]), changes, transpose_a=True)[0],
        )

    return gates.h, gradient


def _gate_gradients(upstream, gates, recurrent_kernel, bias):
    """Returns [L * B, 4 H]: the gradients of what goes into the gates, by steps backwards."""
    zeros = _zero_state(upstream, recurrent_kernel)
    cells_before = tf.concat([zeros[tf.newaxis], gates.cs[:-1]], axis=0)
    transposed = tf.transpose(recurrent_kernel)
    length = tf.shape(upstream)[0]

    def step(time, state, cell, changes):
        found = tf.raw_ops.LSTMBlockCellGrad(
            x=zeros[:, :0],  # Of x, w, b and h_prev the kernel looks at the shapes alone.
            w=recurrent_kernel,
            b=bias,
            h_prev=zeros,
            cs_prev=cells_before[time],
            cs_grad=cell,
            h_grad=state + upstream[time],
            **{name: getattr(gates, name)[time] for name in ("i", "cs", "f", "o", "ci", "co")},
            **_no_peepholes(zeros),
        )
        changes = changes.write(time, found.dicfo)
        return time - 1, tf.matmul(found.dicfo, transposed), found.cs_prev_grad, changes

    changes = tf.TensorArray("float32", length, element_shape=[None, bias.shape[0]])
    start = (length - 1, zeros, zeros, changes)
    return tf.while_loop(lambda time, *_: time >= 0, step, start, parallel_iterations=1)[3].concat()


def _zero_state(steps, recurrent_kernel):
    return tf.zeros([tf.shape(steps)[1], recurrent_kernel.shape[0]])


def _no_peepholes(state):
    none = tf.zeros(state.shape[1:])
    return {"wci": none, "wcf": none, "wco": none, "use_peephole": False}


def _flat(steps):
    return tf.reshape(steps, [-1, steps.shape[-1]])
