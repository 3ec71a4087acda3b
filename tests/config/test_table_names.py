"""Names of tables, read without importing what the tables build."""

import subprocess
import sys

import pytest

from keras_pe.config.table_names import table_names
from keras_pe.data.datasets import DATASETS
from keras_pe.models import ENCODERS, POOLINGS, POSITIONS
from keras_pe.tasks import TASKS
from keras_pe.training.optimizers import OPTIMIZERS
from keras_pe.training.schedules import DECAYS


@pytest.mark.parametrize(
    ("module", "name", "table"),
    [
        ("models/positions.py", "POSITIONS", POSITIONS),
        ("models/encoders.py", "ENCODERS", ENCODERS),
        ("models/poolings.py", "POOLINGS", POOLINGS),
        ("training/optimizers.py", "OPTIMIZERS", OPTIMIZERS),
        ("training/schedules.py", "DECAYS", DECAYS),
        ("data/datasets.py", "DATASETS", DATASETS),
        ("tasks/tasks.py", "TASKS", TASKS),
    ],
)
def test_the_names_are_the_keys_of_the_table_in_its_order(module, name, table):
    assert table_names(module, name) == tuple(table)


@pytest.mark.parametrize("name", ["NOPE", "DIRECTIONS"])
def test_a_module_without_such_a_dict_is_refused(name):
    said = f"layers/position/alibi.py must assign a dict literal to `{name}`"
    with pytest.raises(LookupError, match=said):
        table_names("layers/position/alibi.py", name)


def test_settings_are_there_without_keras():
    code = (
        "import sys; import keras_pe.config; "
        "print(sorted({'keras', 'tensorflow', 'numpy', 'tokenizers'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
