"""Tasks that only the order of the tokens solves, drawn at any length; numpy alone."""

from keras_pe.tasks.task import Task
from keras_pe.tasks.tasks import TASKS

__all__ = ["TASKS", "Task"]
