"""The benchmarks run and say what they should. No test looks at how fast anything was."""

import json
import math
import pathlib
from dataclasses import replace

import numpy as np
import pytest

from benchmarks import batching, lstm, tokenising, tokenizers, transformer
from benchmarks.measurement import HEADER, Measurement, Spread
from benchmarks.report import check_output, write_results
from benchmarks.rounds import Contender, Rounds, interleave
from benchmarks.texts import first_sentences, load_texts
from benchmarks.training import sized
from keras_pe.config import RunConfig
from keras_pe.models import build_classifier
from keras_pe.text.tokenizers import TOKENIZERS
from tests.programs import run_module

ROOT = pathlib.Path(__file__).parents[2]
SMALL = {"vocabulary_size": 120, "hidden_dim": 16, "max_length": 24, "batch_size": 16}


@pytest.fixture(scope="module")
def texts(tmp_path_factory, reviews_text):
    path = tmp_path_factory.mktemp("reviews") / "reviews.csv"
    path.write_text(reviews_text, encoding="utf-8")
    return load_texts(RunConfig(train_file=str(path), **SMALL), sample_size=48)


def measurement(**changes):
    plain = Rounds("plain", 0.5, wall_s=(2.0, 4.0, 2.0), cpu_s=(4.0, 4.0, 8.0))
    own = Rounds("own", None, wall_s=(1.0, 1.0, 1.0), cpu_s=(2.0, 1.0, 1.0))
    return Measurement(title="job", texts=8, tokens=80, contenders=(plain, own), **changes)


@pytest.mark.slow
@pytest.mark.parametrize(
    "module", [tokenising, batching, transformer, lstm], ids=lambda module: module.__name__
)
def test_a_measurement_times_every_contender_once_per_round(module, texts):
    blocks = {"num_layers": 1, "num_heads": 2, "intermediate_dim": 16}
    config = replace(texts.config, **blocks) if module is transformer else texts.config
    found = module.measure(texts, config, 1).as_dict()
    sample = module in (transformer, lstm)
    assert found["texts"] == (48 if sample else 200)
    assert found["tokens"] == (texts.sample if sample else texts.encoded).lengths.sum()
    assert len(found["contenders"]) == 3
    assert found["contenders"][-1]["name"] == "keras_pe"
    for contender in found["contenders"]:
        assert len(contender["wall_s"]) == len(contender["cpu_s"]) == 1
        assert contender["fill"] is None or 0 < contender["fill"] <= 1
        assert math.isfinite(contender["times_plain"]["median"])


@pytest.mark.parametrize(
    ("module", "plain", "own_extra"),
    [(transformer, transformer.plain_transformer, -24 * 16), (lstm, lstm.plain_lstm, 0)],
    ids=["transformer", "lstm"],
)
def test_both_sides_have_the_same_sizes(module, plain, own_extra, texts):
    """But for the table of 24 positions that Keras Hub learns and sinusoids need not."""
    name = module.__name__.rpartition(".")[2]
    config = sized(RunConfig(model=name, **SMALL), texts)
    own = build_classifier(config).count_params()
    assert own - plain(config, None).count_params() == own_extra


@pytest.mark.filterwarnings("ignore:.*'position_embedding'.*does not support mask")
@pytest.mark.parametrize(
    "plain", [transformer.plain_transformer, lstm.plain_lstm], ids=["transformer", "lstm"]
)
def test_padding_does_not_change_the_plain_answer(plain, texts):
    name = plain.__name__.removeprefix("plain_")
    config = sized(RunConfig(model=name, **SMALL), texts)
    fixed, free = plain(config, 24), plain(config, None)
    free.set_weights(fixed.get_weights())
    ids = np.array([[2, 7, 9, 3]], "int32")
    padded = np.pad(ids, ((0, 0), (0, 20)))
    np.testing.assert_allclose(fixed(padded), free(ids), atol=1e-6)


@pytest.mark.slow
def test_every_tokenizer_is_measured_beside_others(texts):
    found = tokenizers.measure(texts, texts.config, 1)
    names = [contender.name for contender in found.contenders]
    assert names[2:] == [f"keras_pe {name}" for name in TOKENIZERS]
    assert len(names) == 2 + len(TOKENIZERS)


def test_both_tokenizers_give_the_same_pieces(texts):
    sentences = ["A good film, 电影!", "Déjà vu: unseenword"]
    plain = tokenising.plain_tokenizer(texts)(sentences)
    assert plain == texts.tokenizer.tokenize(sentences).to_list()


def test_fixed_padding_and_groups_serve_the_same_tokens_with_different_fill(texts):
    config = RunConfig(**SMALL)
    real = texts.encoded.lengths.sum()
    padded = batching._padded(batching._elements(texts.encoded), config)
    assert batching.fill(padded) == pytest.approx(real / (200 * 24))
    grouped = batching.own_batches(texts.encoded, config).dataset()
    assert batching.fill(grouped) > batching.fill(padded)


def test_contenders_run_by_turns_after_one_round_that_does_not_count():
    order = []
    contenders = [Contender(name, lambda name=name: order.append(name)) for name in "AB"]
    found = interleave(contenders, rounds=2, title="job")
    assert order == ["A", "B"] * 3
    assert [(each.name, len(each.wall_s), len(each.cpu_s)) for each in found] == [
        ("A", 2, 2),
        ("B", 2, 2),
    ]


def test_no_rounds_are_refused():
    with pytest.raises(ValueError, match="`rounds` must be at least 1. Received: rounds=0"):
        interleave([], rounds=0, title="job")


def test_rates_and_ratios_are_those_of_the_rounds():
    plain, own = measurement().contenders
    assert measurement().texts_per_second(plain) == Spread(4.0, 2.0, 4.0)
    assert measurement().texts_per_cpu_second(own) == Spread(8.0, 4.0, 8.0)
    # Round by round: 4 / 2, 4 / 1, 8 / 1.
    assert measurement().times_plain(own) == Spread(4.0, 2.0, 8.0)
    assert measurement().rows() == [
        ["plain", "2", "1-2", "1.00", "1.00-1.00", "4", "2-4", "40", "50%"],
        ["own", "8", "4-8", "4.00", "2.00-8.00", "8", "8-8", "80", ""],
    ]


def test_results_are_written_as_json_and_as_markdown(tmp_path):
    facts = {"date": "2026-01-31", "command": "python -m benchmarks"}
    facts |= {"machine": {"cores": 2}, "data": {"tokens_p95": 90.04}}
    write_results(tmp_path / "a.json", facts, [measurement()])
    written = json.loads((tmp_path / "a.json").read_text())
    assert written.pop("measurements") == json.loads(json.dumps([measurement().as_dict()]))
    assert written == facts
    write_results(tmp_path / "a.md", facts, [measurement()])
    lines = (tmp_path / "a.md").read_text().splitlines()
    assert "    python -m benchmarks" in lines
    assert "2026-01-31. cores: 2." in lines
    assert "Texts: tokens_p95: 90." in lines
    table = lines[-4:]
    assert table[0] == f"| job | {' | '.join(HEADER)} |"
    assert {line.count("|") for line in table} == {len(HEADER) + 2}


@pytest.mark.parametrize("ending", [".md", ".json"])
def test_an_output_that_exists_is_refused(ending, tmp_path):
    path = tmp_path / f"results{ending}"
    check_output(path)
    path.write_text("kept")
    with pytest.raises(ValueError, match=r"`output` must be new. Received: output='.*results"):
        check_output(path)


def test_an_output_of_another_kind_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"must end in .json or .md. Received: output='.*a.txt'"):
        check_output(tmp_path / "a.txt")


def test_a_file_that_is_missing_is_refused():
    with pytest.raises(FileNotFoundError, match="missing.csv"):
        load_texts(RunConfig(train_file="missing.csv"), sample_size=2)


@pytest.mark.parametrize("sample_size", [1, 201])
def test_a_sample_that_cannot_be_drawn_is_refused(sample_size, texts):
    with pytest.raises(ValueError, match=f"the 200 texts there are. Received: texts={sample_size}"):
        load_texts(texts.config, sample_size)


def test_the_sample_depends_on_the_seed_alone(texts):
    again = load_texts(texts.config, 48)
    other = load_texts(RunConfig(train_file=texts.config.train_file, seed=1, **SMALL), 48)
    assert np.array_equal(again.sample.ids, texts.sample.ids)
    assert not np.array_equal(other.sample.ids, texts.sample.ids)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One. Two. Three.", "One. Two."),
        ("Heading\n\nand more. And on.", "Heading and more."),
        ("Version 1.2 is one sentence: yes", "Version 1.2 is one sentence:"),
        ("Short", "Short"),
    ],
)
def test_whole_sentences_are_kept(text, kept):
    assert first_sentences(text, characters=9) == kept


def test_the_command_prints_and_writes_tables_for_a_file(reviews, tmp_path):
    output = tmp_path / "results.json"
    done = run(f"--train_file={reviews}", "--measure=batching", "--texts=20", "--rounds=1",
               f"--output={output}")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "x plain" in done.stdout
    written = json.loads(output.read_text())
    assert [each["title"] for each in written["measurements"]] == [batching.TITLE]
    assert written["data"]["texts"] == 200
    assert {"processor", "cores", "keras", "tensorflow"} <= set(written["machine"])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--precision=float8"], "`precision` must be one of: float32"),
        (["--position=alibi"], "which model='lstm' does not have. Choose an additive position"),
        (["all"], "Arguments must be flags. Received: 'all'"),
    ],
    ids=["wrong setting", "impossible model", "no flag"],
)
def test_a_fault_is_told_in_one_sentence(arguments, sentence):
    done = run(*arguments)
    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def run(*arguments):
    return run_module("benchmarks", *arguments)
