"""Which library is compared where: keras_hub beside TensorFlow, the others beside PyTorch.

Chosen by the backend and not by what is installed: a library that is missing must fail.
"""

import keras

collect_ignore_glob = {
    "tensorflow": ["test_*transformers_*.py", "test_torch_*.py"],
    "torch": ["test_keras_hub_*.py"],
    "jax": ["test_*.py"],
}[keras.backend.backend()]
