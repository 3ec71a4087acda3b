"""Generated sequences as arrays."""

import numpy as np

from keras_pe.extrapolation.task_sequences import framed, task_batch
from keras_pe.tasks import TASKS


def test_a_first_and_a_last_token_stand_around_each_row():
    tokens = np.array([[1, 2, 1], [2, 2, 0], [1, 0, 0], [0, 0, 0]], np.int32)
    assert framed(tokens, num_symbols=2).tolist() == [
        [3, 1, 2, 1, 4],
        [3, 2, 2, 4, 0],
        [3, 1, 4, 0, 0],
        [3, 4, 0, 0, 0],
    ]


def test_a_batch_is_what_the_task_draws_framed_and_padded():
    task = TASKS["even_pairs"]
    ids, labels = task_batch(task, np.random.default_rng(1), 5, 3, width_step=4)
    tokens, expected = task.draw(np.random.default_rng(1), 5, 3)
    assert ids.shape == (3, 8)
    assert ids.dtype == np.int32
    np.testing.assert_array_equal(ids[:, :7], framed(tokens, num_symbols=2))
    assert not ids[:, 7:].any()
    np.testing.assert_array_equal(labels, expected)


def test_the_mask_of_a_model_sees_the_length_and_the_frame():
    ids, _ = task_batch(TASKS["parity"], np.random.default_rng(0), 6, 2, width_step=16)
    assert (ids != 0).sum(axis=1).tolist() == [8, 8]


def test_tasks_that_draw_shorter_rows_get_the_width_of_their_length():
    for name in ("modular_arithmetic", "listops"):
        ids, _ = task_batch(TASKS[name], np.random.default_rng(0), 14, 9, width_step=4)
        assert ids.shape == (9, 16)
        last = len(TASKS[name].symbols) + 2
        ends = (ids != 0).sum(axis=1) - 1
        assert (ids[np.arange(9), ends] == last).all()
        assert ((ids == last).sum(axis=1) == 1).all()
