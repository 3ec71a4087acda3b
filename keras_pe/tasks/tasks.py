"""The generated tasks by name."""

from keras_pe.tasks.cycle_navigation import CYCLE_NAVIGATION
from keras_pe.tasks.even_pairs import EVEN_PAIRS
from keras_pe.tasks.listops import LISTOPS
from keras_pe.tasks.missing_duplicate import MISSING_DUPLICATE
from keras_pe.tasks.modular_arithmetic import MODULAR_ARITHMETIC
from keras_pe.tasks.modular_arithmetic_brackets import MODULAR_ARITHMETIC_BRACKETS
from keras_pe.tasks.parity import PARITY
from keras_pe.tasks.solve_equation import SOLVE_EQUATION
from keras_pe.tasks.sum_mod_10 import SUM_MOD_10

TASKS = {
    "even_pairs": EVEN_PAIRS,
    "parity": PARITY,
    "cycle_navigation": CYCLE_NAVIGATION,
    "modular_arithmetic": MODULAR_ARITHMETIC,
    "modular_arithmetic_brackets": MODULAR_ARITHMETIC_BRACKETS,
    "solve_equation": SOLVE_EQUATION,
    "missing_duplicate": MISSING_DUPLICATE,
    "sum_mod_10": SUM_MOD_10,
    "listops": LISTOPS,
}
