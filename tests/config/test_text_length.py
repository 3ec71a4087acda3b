import pytest

from keras_pe.config import ModelConfig
from keras_pe.config.text_length import read_length, trained_length


def windows(**settings):
    return ModelConfig(**{"truncation": "window", "max_length": 10, **settings})


@pytest.mark.parametrize(
    ("config", "trained", "read"),
    [
        (ModelConfig(max_length=10), 10, 10),
        (ModelConfig(max_length=10, inference_length=30), 10, 30),
        (ModelConfig(max_length=10, inference_length=5, truncation="tail"), 10, 5),
        (windows(window_overlap=3, max_windows=1), 10, 10),
        # [CLS], 8 tokens, 4 times 8 - 3 more, [SEP].
        (windows(window_overlap=3, max_windows=5), 30, 30),
        (windows(window_overlap=7, max_windows=5), 14, 14),
        (windows(window_overlap=3, max_windows=5, inference_length=99), 30, 99),
        # A quarter of 10 is 2: 8 windows of which each has 6 new ones.
        (windows(), 10 + 7 * 6, 10 + 7 * 6),
    ],
)
def test_tokens_of_a_text_in_training_and_after_it(config, trained, read):
    assert (trained_length(config), read_length(config)) == (trained, read)


def test_windows_must_have_something_new():
    said = "`window_overlap` must be less than the 8 tokens of a text that a window of max_length"
    with pytest.raises(ValueError, match=said + "=10 has room for. Received: window_overlap=8"):
        trained_length(windows(window_overlap=8))
