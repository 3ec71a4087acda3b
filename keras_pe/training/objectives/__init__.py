"""What training makes small, and what it measures, in each type of problem."""

from keras_pe.training.objectives.objective import Objective
from keras_pe.training.objectives.objectives import OBJECTIVES

__all__ = ["OBJECTIVES", "Objective"]
