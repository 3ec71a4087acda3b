"""Trains several seeds of one model in one program: on a GPU, small models cost as much as one."""

import itertools

import numpy as np

from keras_pe.extrapolation.training import compiled_model


class StackedSeeds:
    """Models that differ in their seed alone, their weights stacked along a first axis (JAX only).

    A step is one `jax.vmap` over the seeds of what Keras' own training step does, so the result is
    that of training each model alone. `STEPS_PER_CALL` steps are one compiled call: at these sizes
    the time goes into starting programs, not into arithmetic. For the same reason all batches have
    one width, and are compiled for once.

    Args:
        configs: Resolved `RunConfig` of each seed; they differ in `seed` alone.
        steps: int. Steps of the whole training.
        width: int. Columns that token ids are padded to.
    """

    STEPS_PER_CALL = 10

    def __init__(self, configs, steps, width):
        self._width = width
        self.models = [compiled_model(config, steps) for config in configs]
        for model in self.models:
            model.optimizer.build(model.trainable_variables)
        self._step = _stacked_step(self.models[0])

    def train(self, batches, on_step):
        """Takes the training steps of all seeds, and leaves each model with its weights.

        Args:
            batches: One iterable per seed of token ids [B, T] and classes [B].
            on_step: Function of the mean loss; called after every step.

        Returns:
            List of float, each seed's mean loss of the last hundred steps.
        """
        states = [_state(model) for model in self.models]
        parts = zip(*states, strict=True)
        stacked = [[np.stack(values) for values in zip(*part, strict=True)] for part in parts]
        losses = []
        steps = zip(*batches, strict=True)
        while group := list(itertools.islice(steps, self.STEPS_PER_CALL)):
            ids = np.stack([[_padded(ids, self._width) for ids, _ in step] for step in group])
            labels = np.stack([[labels for _, labels in step] for step in group])
            stacked, found = self._step(stacked, ids, labels)
            losses += list(np.asarray(found))
            for loss in losses[-len(group) :]:
                on_step(float(loss.mean()))
        for number, model in enumerate(self.models):
            _restore(model, [[values[number] for values in part] for part in stacked])
        return np.mean(losses[-100:], axis=0).tolist()


def _padded(ids, width):
    return np.pad(ids, ((0, 0), (0, width - ids.shape[1])))


def _variables(model):
    return model.trainable_variables, model.non_trainable_variables, model.optimizer.variables


def _state(model):
    return [[np.asarray(v.value) for v in part] for part in _variables(model)]


def _restore(model, state):
    for part, values in zip(_variables(model), state, strict=True):
        for variable, value in zip(part, values, strict=True):
            variable.assign(value)


def _stacked_step(model):
    # Here alone, and only when a grid is trained so: the package has no other need of JAX.
    import jax

    no_metrics = [variable.value for variable in model.metrics_variables]

    def one_step(state, batch):
        # Keras' own, with its scaling of a float16 loss. Metrics start anew: a loss is of its step.
        logs, (*state, _) = model.train_step((*state, no_metrics), batch)
        return state, logs["loss"]

    of_all_seeds = jax.vmap(one_step)
    return jax.jit(lambda state, ids, labels: jax.lax.scan(of_all_seeds, state, (ids, labels)))
