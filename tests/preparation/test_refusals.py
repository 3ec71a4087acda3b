"""What prepare refuses, in one sentence each."""

import pytest

from keras_pe.data.shards.manifest import Manifest


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "One of `dataset` and `train_file` must be set"),
        ({"train_file": "no.csv"}, "no.csv: there is no such file"),
        ({"text_column": "body"}, "there must be a column 'body'"),
        ({"test_file": "test", "on_leak": "error"}, "no text of training may also be held out"),
        ({"test_file": "typo"}, "typo.csv:2: the label must be one of the 2 .* Did you mean 'wet'"),
        ({"test_file": "alien", "unknown_labels": "drop"}, "must have a label that training saw"),
        ({"train_file": "once"}, "once.csv:6: every label must have at least two examples"),
        ({"train_file": "none"}, "There must be at least one training example. Received: none"),
        ({"epochs": 3}, "`epochs` has no effect with the data given"),
        ({"weight_column": "weight"}, "there must be a column 'weight'"),
        ({"max_length": 64}, "`max_length` has no effect with the data given"),
        ({"tokenizer_dir": "own", "lowercase": False}, "`lowercase` has no effect"),
    ],
    ids=lambda value: "-".join(value) or "nothing" if isinstance(value, dict) else "",
)
def test_what_cannot_be_prepared_is_told(settings, said, rows, table, prepared, tmp_path):
    from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

    WordPieceTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "rain"]).save(tmp_path / "own")
    files = {
        "test": table(rows[:3], "test.csv"),
        "typo": table([("rain", "wett")], "typo.csv"),
        "alien": table([("rain", "snow")], "alien.csv"),
        "once": table([*rows[:2], *rows[:2], ("rain", "once")], "once.csv"),
        "none": table([], "none.csv"),
        "own": str(tmp_path / "own"),
    }
    given = {"train_file": table(rows)} if settings else {}
    given |= {name: files.get(value, value) for name, value in settings.items()}
    with pytest.raises((ValueError, FileNotFoundError), match=said):
        prepared(**given)
    assert not Manifest.is_in(tmp_path / "prepared")


def test_a_fault_can_be_mended_and_tried_again_in_the_same_folder(rows, table, prepared):
    with pytest.raises(ValueError, match="rows.csv:302: the label must not be empty"):
        prepared(train_file=table([*rows, ("rain", "")]))
    assert prepared(train_file=table(rows)).parts["train"].rows == 270


def test_rows_with_an_unknown_label_are_left_out_if_told_so(rows, table, prepared):
    test = table([("rain", "wet"), ("rain", "snow"), ("sun", "snow")], "test.csv")
    manifest = prepared(train_file=table(rows), test_file=test, unknown_labels="drop")
    assert manifest.parts["test"].rows == 1


def test_a_folder_with_anything_else_is_left_alone(rows, table, prepared, tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    with pytest.raises(ValueError, match="`output_dir` must be new, empty, or of a preparation"):
        prepared("taken", train_file=table(rows))
    prepared("done", train_file=table(rows))
    with pytest.raises(ValueError, match="`output_dir` must not hold a finished corpus"):
        prepared("done", train_file=table(rows))


def test_a_damaged_corpus_is_found(rows, table, prepared, tmp_path):
    manifest = prepared(train_file=table(rows))
    folder = tmp_path / "prepared"
    manifest.verify(folder)
    shard = folder / manifest.parts["train"].shards[0].file
    content = bytearray(shard.read_bytes())
    content[20] ^= 1
    shard.write_bytes(content)
    with pytest.raises(ValueError, match=r"train-00000-of-00003.tfrecord: .* SHA-256"):
        Manifest.load(folder).verify(folder)
    shard.write_bytes(content[:-1])
    with pytest.raises(ValueError, match="the shard must have .* bytes, as the manifest says"):
        Manifest.load(folder)
    shard.unlink()
    with pytest.raises(FileNotFoundError, match="the shard must be there"):
        Manifest.load(folder)
    (folder / "manifest.json").write_text('{"format": 0}')
    with pytest.raises(ValueError, match="it must be the manifest of a corpus"):
        Manifest.load(folder)
    with pytest.raises(FileNotFoundError, match="a folder that prepare finished"):
        Manifest.load(tmp_path)
