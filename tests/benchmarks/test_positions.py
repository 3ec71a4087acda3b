"""Encodings are measured beside none, and what cannot be measured is told. No timing is judged."""

import math
import pathlib
from dataclasses import replace

import pytest
import tensorflow as tf

from benchmarks import position_training
from benchmarks.peak_memory import peak_bytes
from benchmarks.position_cost import MEMORY, TIMES, Cost, Refusal
from benchmarks.position_training import batch, build_model, measure, reason
from keras_pe.layers import PositionEncoding
from keras_pe.models import POSITIONS, resolve_defaults
from tests.programs import run_module

ROOT = pathlib.Path(__file__).parents[2]
MIB = 2**20
SAID = "`num_heads` must be 3. Received: num_heads=4"


@pytest.fixture(autouse=True, scope="module")
def one_block():
    """What is said of two blocks is said of one, which is traced in half of the time."""
    with pytest.MonkeyPatch.context() as patch:
        sizes = {"num_layers": 1}
        patch.setattr(
            position_training, "resolve_defaults", lambda c: resolve_defaults(replace(c, **sizes))
        )
        yield


@pytest.fixture(scope="module")
def none(one_block):
    return build_model("none", 8)


def test_a_batch_has_texts_between_half_full_and_full():
    vectors, targets = batch(length=5, tokens=23)
    assert vectors.shape == (4, 5, position_training.WIDTH)
    assert targets.shape == (4, 2)
    # 5 to 3 in equal steps: 5, 4.33, 3.67, 3.
    assert (vectors != 0).all(axis=2).sum(axis=1).tolist() == [5, 4, 3, 3]
    assert batch(length=9, tokens=4)[0].shape[:2] == (1, 9)


@pytest.mark.slow
@pytest.mark.parametrize("position", ["learned", "alibi"])
def test_an_encoding_is_measured_beside_none(position, none):
    found = measure(position, none, [4, 8], tokens=16, rounds=2)
    assert [(each.position, each.length) for each in found] == [(position, 4), (position, 8)]
    for each in found:
        assert (each.none.name, each.own.name) == ("none", position)
        for taken in (each.none.cpu_s, each.own.cpu_s, each.none.wall_s, each.own.wall_s):
            assert len(taken) == 2
        assert len(each.none_bytes) == len(each.own_bytes)
        assert all(peak > 0 for peak in each.none_bytes + each.own_bytes)


def test_one_graph_serves_every_length_after_a_model_is_built(monkeypatch):
    traced = []

    class Traced(PositionEncoding):
        def bias(self, queries, keys, tables):
            traced.append(keys.shape[1])

    monkeypatch.setitem(POSITIONS, "alibi", lambda config: Traced())
    model = build_model("alibi", 8)
    before = len(traced)
    for length in (4, 5, 8):
        model.train_on_batch(*batch(length, 16))
    assert len(traced) == before > 0
    assert traced[-1] is None


@pytest.fixture
def refusing(monkeypatch):
    """Function that makes the encoding `alibi` raise an error when it is made, traced or run."""

    def refuse(*_):
        raise ValueError(SAID)

    class RefusingTrace(PositionEncoding):
        add = refuse

    class RefusingRun(PositionEncoding):
        def add(self, embeddings, positions):
            length = tf.shape(embeddings)[1]
            with tf.control_dependencies([tf.debugging.assert_less(length, 6, message="too long")]):
                return tf.identity(embeddings)

    made = {"made": refuse, "traced": lambda c: RefusingTrace(), "run": lambda c: RefusingRun()}
    return lambda when: monkeypatch.setitem(POSITIONS, "alibi", made[when])


@pytest.mark.parametrize("when", ["made", "traced"])
def test_an_encoding_that_cannot_be_built_is_refused_at_every_length(when, none, refusing):
    refusing(when)
    expected = [Refusal(4, "alibi", SAID), Refusal(8, "alibi", SAID)]
    assert measure("alibi", none, [4, 8], tokens=16, rounds=1) == expected


@pytest.mark.slow
def test_an_encoding_that_refuses_a_length_is_measured_at_the_others(none, refusing):
    refusing("run")
    short, long = measure("alibi", none, [4, 8], tokens=16, rounds=1)
    assert isinstance(short, Cost)
    assert isinstance(long, Refusal)
    assert (long.length, long.position) == (8, "alibi")
    assert long.reason.startswith("assertion failed: [too long]")


@pytest.fixture
def beside_itself(none, monkeypatch):
    """`none`, which serves as every encoding too."""
    monkeypatch.setattr(position_training, "build_model", lambda *_, **__: none)
    return none


@pytest.mark.parametrize(
    "message",
    [
        SAID,
        f"{SAID}\n\nStack trace for op definition:\nFile 'a.py'\n\n\t [[node]]",
        f"Graph execution error:\n\nDetected at node x:\n  File 'a.py'\n\n{SAID}\n\t [[node]]",
        f"Exception encountered when calling A.call().\n\n\x1b[1m{SAID}\x1b[0m\n\n"
        "Arguments received by A.call():\n  - x",
    ],
    ids=["plain", "compiler", "graph", "keras"],
)
def test_a_reason_is_what_the_error_says_in_one_line(message):
    assert reason(ValueError(message)) == SAID


def test_both_sides_are_compiled_alike(none, monkeypatch):
    asked = []

    def build(position, max_length, jit_compile):
        asked.append((position, max_length, jit_compile))
        raise ValueError(SAID)

    monkeypatch.setattr(position_training, "build_model", build)
    monkeypatch.setattr(none, "jit_compile", True)
    measure("alibi", none, [4, 8], tokens=8, rounds=1)
    assert asked == [("alibi", 8, True)]


def test_the_step_that_traces_does_not_count(beside_itself, monkeypatch):
    counts = iter(range(1, 9))
    monkeypatch.setattr(position_training, "peak_bytes", lambda work: next(counts))
    (found,) = measure("alibi", beside_itself, [4], tokens=8, rounds=3)
    # By turns: `none` 1, 3, 5, 7 and the encoding 2, 4, 6, 8; the first of each is left out.
    assert (found.none_bytes, found.own_bytes) == ((3, 5, 7), (4, 6, 8))


def test_memory_that_is_not_counted_is_not_there(beside_itself, monkeypatch):
    monkeypatch.setattr(position_training, "peak_bytes", lambda work: work() and None)
    (found,) = measure("alibi", beside_itself, [4], tokens=8, rounds=2)
    assert (found.none_bytes, found.own_bytes) == ((), ())
    assert len(found.own.cpu_s) == 2


def test_the_peak_is_that_of_the_work_alone():
    kept = tf.zeros((4 * MIB,))
    held = []

    def work():
        # 16 MiB each; two at once, and one stays.
        first = tf.ones((4 * MIB,))
        held.append(first + kept)

    peaks = [peak_bytes(work) for _ in range(3)]
    if None in peaks:
        assert peaks == [None] * 3
        return
    assert peaks == pytest.approx([32 * MIB] * 3, rel=0.01)


def test_memory_without_a_count_is_none(monkeypatch):
    def refuse(device):
        raise ValueError("Allocator stats not available")

    monkeypatch.setattr(tf.config.experimental, "reset_memory_stats", refuse)
    assert peak_bytes(lambda: None) is None


def run(*arguments):
    return run_module("benchmarks.positions", *arguments)


@pytest.mark.slow
def test_the_command_prints_and_writes_both_tables(tmp_path):
    output = tmp_path / "results.md"
    done = run("--length=8", "--length=4", "--length=8", "--tokens=16", "--rounds=1",
               "--position=rotary", f"--output={output}")  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = output.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("    python -m benchmarks.positions --length=8")
    assert "processor: " in lines[2]
    # Cells of memory are empty where TensorFlow does not count: on a processor without oneDNN.
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:1] == "|"]
    assert [row[0] for row in rows] == [
        TIMES["cpu"], "---", "none", "none, once more", "rotary",
        MEMORY, "---", "none", "none, once more", "rotary",
    ]  # fmt: skip
    assert rows[0][1:] == rows[5][1:] == ["4 tokens", "8 tokens"]
    assert {len(row) for row in rows} == {3}
    assert rows[2][1].endswith(" ms")
    assert all(math.isfinite(float(cell.split(" ")[0])) for cell in rows[4][1:])
    assert "none, once more" in done.stdout
    assert "rotary: " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--length=2"], "--length"),
        (["--rounds=0"], "--rounds"),
        (["--position=nope"], "|".join(POSITIONS)),
        (["all"], "benchmarks.positions: Arguments must be flags. Received: 'all'"),
        (["--output=a.json"], "`output` must end in .md. Received: output='a.json'"),
        (["--output=README.md"], "`output` must be new. Received: output='README.md'"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_fault_is_told_before_anything_is_measured(arguments, sentence):
    done = run(*arguments)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert TIMES["cpu"] not in done.stdout
