"""What an exported model answers with, in each type of problem."""

from keras_pe.serving.answers.answers import ANSWERS, build_answer
from keras_pe.serving.answers.class_answer import ClassAnswer

__all__ = ["ANSWERS", "ClassAnswer", "build_answer"]
