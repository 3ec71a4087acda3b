"""A few hundred of the files that `python -m tests.fuzz` damages for as long as it is told."""

from tests.fuzz.readers import ReaderFuzz


def test_damaged_files_are_read_or_refused_by_one_sentence_that_names_them(tmp_path):
    fuzz = ReaderFuzz(tmp_path, seed=0)
    for _ in range(350):
        fuzz.step()
    read = sum(count for outcome, count in fuzz.outcomes.items() if outcome.endswith("read"))
    assert 50 < read < 300
    assert len(fuzz.outcomes) == 18, "every kind of file was read, and refused"
