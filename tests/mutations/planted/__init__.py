"""Bugs that the tests must notice, each planted in a copy of the package."""

from tests.mutations.planted.additive import ADDITIVE
from tests.mutations.planted.attention import ATTENTION
from tests.mutations.planted.biases import BIASES
from tests.mutations.planted.content import CONTENT
from tests.mutations.planted.corpora import CORPORA
from tests.mutations.planted.encoder import ENCODER
from tests.mutations.planted.long_texts import LONG_TEXTS
from tests.mutations.planted.rotary import ROTARY
from tests.mutations.planted.sources import SOURCES
from tests.mutations.planted.studies import STUDIES
from tests.mutations.planted.targets import TARGETS
from tests.mutations.planted.training import TRAINING
from tests.mutations.planted.windows import WINDOWS

PLANTED = [
    *(*ATTENTION, *ENCODER, *SOURCES, *ADDITIVE, *ROTARY, *BIASES, *CONTENT, *LONG_TEXTS),
    *CORPORA,
    *STUDIES,
    *TARGETS,
    *TRAINING,
    *WINDOWS,
]
