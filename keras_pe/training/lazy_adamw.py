"""AdamW that leaves alone what a batch does not use."""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="keras_pe")
class LazyAdamW(keras.optimizers.AdamW):
    """Moves the rows of an embedding that are in the batch, and all other weights as AdamW does.

    A row w with gradient g, summed over all places of its token in the batch:
    m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
    w = w - lr decay w - lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon); t counts all steps.

    `keras.optimizers.AdamW` passes over the whole table in every step: rows without a gradient go
    on moving by what is left of their m, forget m and v, and decay. Here they stay as they are, and
    the time of a step does not grow with the vocabulary. Gradients that are not sparse are handled
    as there. XLA cannot compile it: it would have to know how many tokens of a batch are different.

    Args:
        learning_rate: float, or a `keras.optimizers.schedules.LearningRateSchedule`.
        **kwargs: Of `keras.optimizers.AdamW`, but not `amsgrad`.

    Raises:
        ValueError: If `amsgrad` is given.

    Example:
        >>> table = keras.Variable([[1.0], [2.0]])
        >>> optimizer = LazyAdamW(learning_rate=0.5, weight_decay=0.0)
        >>> gradient = tf.IndexedSlices([[3.0], [3.0]], [1, 1], dense_shape=[2, 1])
        >>> optimizer.apply([gradient], [table])
        >>> table.numpy()[:, 0].round(3).tolist()
        [1.0, 1.5]

    Source: Loshchilov and Hutter (2019), https://arxiv.org/abs/1711.05101; lazy rows: TensorFlow
        Addons' LazyAdam (2018).
    """

    def __init__(self, learning_rate=0.001, **kwargs):
        super().__init__(learning_rate, **kwargs)
        if self.amsgrad:
            raise ValueError("`amsgrad` must be False. Received: amsgrad=True")

    def apply(self, grads, trainable_variables=None):
        return super().apply([_one_for_each_row(g) for g in grads], trainable_variables)

    # Keras would make sparse gradients dense here, and so pass over the table after all.
    def _clip_gradients(self, grads):
        if self.global_clipnorm:
            grads = tf.clip_by_global_norm(grads, self.global_clipnorm)[0]
        else:
            grads = super()._clip_gradients(grads)
        # Gradients that were gathered over several steps are dense by now.
        self._sparse = [isinstance(gradient, tf.IndexedSlices) for gradient in grads]
        return grads

    # Called right after the gradients were clipped, with their variables in the same order.
    def _apply_weight_decay(self, variables):
        pairs = zip(variables, self._sparse, strict=True)
        super()._apply_weight_decay([variable for variable, sparse in pairs if not sparse])

    def update_step(self, gradient, variable, learning_rate):
        if isinstance(gradient, tf.IndexedSlices):
            self._update_rows(gradient, variable, learning_rate)
        else:
            self._update_all(gradient, variable, learning_rate)

    def _update_all(self, gradient, variable, learning_rate):
        # One operation; Keras' update takes a dozen, which on small weights cost more than they do.
        index = self._get_variable_index(variable)
        dtype, step = variable.dtype, tf.cast(self.iterations + 1, variable.dtype)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=self._momentums[index].value.handle,
            v=self._velocities[index].value.handle,
            beta1_power=self.beta_1**step,
            beta2_power=self.beta_2**step,
            lr=tf.cast(learning_rate, dtype),
            beta1=tf.constant(self.beta_1, dtype),
            beta2=tf.constant(self.beta_2, dtype),
            epsilon=tf.constant(self.epsilon, dtype),
            grad=tf.cast(gradient, dtype),
        )

    def _update_rows(self, gradient, variable, learning_rate):
        rows, values = gradient.indices, tf.cast(gradient.values, variable.dtype)
        index = self._get_variable_index(variable)
        m = _move(self._momentums[index].value, rows, values, self.beta_1)
        v = _move(self._velocities[index].value, rows, tf.square(values), self.beta_2)
        step = tf.cast(self.iterations + 1, variable.dtype)
        rate = tf.cast(learning_rate, variable.dtype)
        unbiased = tf.sqrt(1.0 - self.beta_2**step) / (1.0 - self.beta_1**step)
        change = rate * unbiased * m / (tf.sqrt(v) + self.epsilon)
        old = tf.gather(variable, rows)
        if self.weight_decay and self._use_weight_decay(variable):
            change += rate * self.weight_decay * old
        # Set, not subtracted from: no row comes twice, and that kernel takes several times as long.
        variable.scatter_update(tf.IndexedSlices(old - change, rows))


def _one_for_each_row(gradient):
    """Returns a sparse gradient in which no row comes twice; others as they are."""
    if not isinstance(gradient, tf.IndexedSlices):
        return gradient
    rows, places = tf.unique(gradient.indices)
    values = tf.math.unsorted_segment_sum(gradient.values, places, tf.size(rows))
    return tf.IndexedSlices(values, rows, gradient.dense_shape)


def _move(moments, rows, values, beta):
    """Moves some rows of moments towards the values, and returns them."""
    moved = tf.gather(moments, rows)
    moved += (values - moved) * (1.0 - beta)
    moments.scatter_update(tf.IndexedSlices(moved, rows))
    return moved
