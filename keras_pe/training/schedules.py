"""The learning rate over the steps of a run."""

import math

import keras
from keras import ops

DECAYS = {
    "cosine": lambda done: 0.5 * (1.0 + ops.cos(math.pi * done)),
    "linear": lambda done: 1.0 - done,
    "constant": lambda done: ops.ones_like(done),
}


@keras.saving.register_keras_serializable(package="keras_pe")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    """Raises the learning rate linearly to its peak, then lets it fall to zero, or keeps it.

    Args:
        peak: float. The highest learning rate.
        steps: int. Steps of the whole run.
        warmup_steps: int. Steps in which the rate rises, from peak / warmup_steps at the first.
        decay: Name in `DECAYS`.

    Raises:
        ValueError: If `warmup_steps` is not below `steps`, or the decay is unknown.

    Example:
        >>> schedule = WarmupDecay(peak=1.0, steps=10, warmup_steps=2, decay="linear")
        >>> [round(float(schedule(step)), 3) for step in (0, 1, 2, 6, 10)]
        [0.5, 1.0, 1.0, 0.5, 0.0]
    """

    def __init__(self, peak, steps, warmup_steps, decay):
        super().__init__()
        if not 0 <= warmup_steps < steps:
            raise ValueError(
                "`warmup_steps` must be at least 0 and below `steps`. "
                f"Received: warmup_steps={warmup_steps}, steps={steps}"
            )
        if decay not in DECAYS:
            raise ValueError(f"Unknown decay {decay!r}. Choose one of: {', '.join(DECAYS)}")
        self.peak = peak
        self.steps = steps
        self.warmup_steps = warmup_steps
        self.decay = decay

    def __call__(self, step):
        step = ops.cast(step, "float32")
        rising = (step + 1.0) / max(self.warmup_steps, 1)
        done = ops.clip((step - self.warmup_steps) / (self.steps - self.warmup_steps), 0.0, 1.0)
        return self.peak * ops.where(step < self.warmup_steps, rising, DECAYS[self.decay](done))

    def get_config(self):
        return {
            "peak": self.peak,
            "steps": self.steps,
            "warmup_steps": self.warmup_steps,
            "decay": self.decay,
        }
