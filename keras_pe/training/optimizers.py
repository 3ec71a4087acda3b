"""The names of the optimizers, and which settings each reads."""

import keras

from keras_pe.training.schedules import WarmupDecay

OPTIMIZERS = {
    "adamw": lambda c, **shared: _adamw(c, **shared),
    "adam": lambda c, **shared: keras.optimizers.Adam(**shared),
    "sgd": lambda c, **shared: keras.optimizers.SGD(momentum=c.momentum, **shared),
}


def build_optimizer(settings, steps):
    """Returns the optimizer of a run.

    Args:
        settings: `TrainingConfig`, or a config that has its fields.
        steps: int. Steps of the whole run.

    Returns:
        A `keras.optimizers.Optimizer` whose learning rate follows the schedule.

    Example:
        >>> from keras_pe.config import TrainingConfig
        >>> type(build_optimizer(TrainingConfig(optimizer="sgd"), steps=100)).__name__
        'SGD'
    """
    warmup_steps = min(round(settings.warmup_fraction * steps), steps - 1)
    rate = WarmupDecay(settings.learning_rate, steps, warmup_steps, settings.schedule)
    return OPTIMIZERS[settings.optimizer](
        settings, learning_rate=rate, global_clipnorm=settings.gradient_clip_norm or None
    )


def _adamw(settings, **shared):
    kind = keras.optimizers.AdamW
    # XLA cannot compile the lazy one, which is TensorFlow's.
    if keras.backend.backend() == "tensorflow" and not settings.jit_compile:
        from keras_pe.training.lazy_adamw import LazyAdamW as kind
    optimizer = kind(weight_decay=settings.weight_decay, **shared)
    # Decay shrinks matrices; pulling a bias or a normalisation towards zero only harms the fit.
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer
