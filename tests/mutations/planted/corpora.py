"""Bugs between files and token ids: groups, preparations, cleaning, cutting, exports."""

from tests.mutations.planted.mutation import Mutation

GROUPS = "tests/data/test_grouped_split.py"
GROUPS_ON_DISK = "tests/preparation/test_groups.py"
HUGGING_FACE = "tests/data/hubs/test_hugging_face.py"
SMALL_REMOTE = "tests/files/test_small_remote_files.py"
SPLIT_ON_DISK = "tests/preparation/test_streaming_split.py"
PREPARE = "tests/preparation/test_prepare.py"
REMOTE = "tests/data/readers/test_remote.py"
CLEANERS = "tests/text/test_cleaners.py"
PARITY = "tests/serving/test_parity.py"
TRUNCATION = "tests/text/test_truncation.py"

CORPORA = [
    Mutation(
        "a class may lose all its rows to validation with the last of its groups",
        "keras_pe/data/group_choice.py",
        "self._held[stratum] + rows < self._sizes[stratum]",
        "self._held[stratum] + rows <= self._sizes[stratum]",
        GROUPS,
    ),
    Mutation(
        "groups that share a text are held out one without the other",
        "keras_pe/data/grouped_split.py",
        "return joined.with_joined(choice.held_out)",
        "return choice.held_out",
        GROUPS,
    ),
    Mutation(
        "empty texts join groups",
        "keras_pe/data/grouped_split.py",
        'filled = texts != numbers.get("", -1)',
        "filled = texts >= 0",
        GROUPS,
    ),
    Mutation(
        "groups that share a text are counted apart on disk",
        "keras_pe/preparation/group_rule.py",
        'return joined.roots_of(rows["group"])[at], own',
        'return rows["group"][at], own',
        GROUPS_ON_DISK,
    ),
    Mutation(
        "empty texts join groups on disk",
        "keras_pe/preparation/group_rule.py",
        "rows = rows[~keys.are_empty(rows)]",
        "rows = rows[:]",
        GROUPS_ON_DISK,
    ),
    Mutation(
        "shards hold the groups that leaks leave out",
        "keras_pe/preparation/split_rows.py",
        "if len(plan.dropped_groups):",
        "if False:",
        GROUPS_ON_DISK,
    ),
    Mutation(
        "groups that leaks leave out are held out",
        "keras_pe/preparation/training_keys.py",
        "if len(self._dropped_groups):",
        "if False:",
        GROUPS_ON_DISK,
    ),
    Mutation(
        "groups of rows whose label is left out are told of",
        "keras_pe/preparation/group_finding.py",
        "numbers if firsts else None)",
        "None)",
        GROUPS_ON_DISK,
    ),
    Mutation(
        "a named set reads the label as its group",
        "keras_pe/data/hubs/hugging_face.py",
        "words[label], words.get(group)",
        "words[label], words.get(group) and words[label]",
        HUGGING_FACE,
    ),
    Mutation(
        "copies of word vectors are left in the temporary folder",
        "keras_pe/files/local_copy.py",
        "with tempfile.TemporaryDirectory() as folder:",
        "for folder in [tempfile.mkdtemp()]:",
        SMALL_REMOTE,
    ),
    Mutation(
        "copies lie in different buckets",
        "keras_pe/preparation/spill.py",
        "writer.add(draw % num_buckets,",
        "writer.add(at % num_buckets,",
        SPLIT_ON_DISK,
    ),
    Mutation(
        "texts that do not fit any more end what is held out",
        "keras_pe/preparation/streaming_split.py",
        "self.skipped += self._passed",
        "pass",
        SPLIT_ON_DISK,
    ),
    Mutation(
        "shards keep the order of the rows",
        "keras_pe/preparation/split_rows.py",
        "return sorted(examples, key=lambda e: (text_draw(e, seed)",
        "return sorted(examples, key=lambda e: 0 and (text_draw(e, seed)",
        PREPARE,
    ),
    Mutation(
        "findings of later buckets are not counted",
        "keras_pe/preparation/merged_findings.py",
        "numbers[name] = sum(v for v in values if isinstance(v, int | float))",
        "numbers[name] = values[0]",
        PREPARE,
    ),
    Mutation(
        "a lost connection is told as damage",
        "keras_pe/data/readers/packed.py",
        'if getattr(error, "errno", None) is not None:',
        "if False:",
        REMOTE,
    ),
    Mutation(
        "what was escaped twice is decoded once",
        "keras_pe/text/entities.py",
        "for _ in range(2):",
        "for _ in range(0):",
        CLEANERS,
    ),
    Mutation(
        "hexadecimal entities are read as decimal ones",
        "keras_pe/text/entities.py",
        'tf.strings.regex_full_match(bodies, "#[xX].*"), 16, 10)',
        'tf.strings.regex_full_match(bodies, "#X.*"), 16, 10)',
        CLEANERS,
    ),
    Mutation(
        "the end of a long text begins one piece late",
        "keras_pe/text/truncation.py",
        "last = tf.ragged.range(ends - (kept - first), ends)",
        "last = tf.ragged.range(ends - (kept - first) + 1, ends)",
        TRUNCATION,
    ),
    Mutation(
        "parity does not look at the scores of an export",
        "keras_pe/serving/parity.py",
        "_compare(text, answer, decisions[row], scores[row], expected[row], allowed)",
        "_compare(text, answer, decisions[row], expected[row], expected[row], allowed)",
        PARITY,
    ),
    Mutation(
        "tokens of a batch counted without its padding",
        "keras_pe/data/batches/evaluation.py",
        "(end - start) * widths[end - 1] > max_tokens",
        "widths[start:end].sum() > max_tokens",
        "tests/data/test_evaluation_batches.py",
    ),
    Mutation(
        "a window is read only when it is asked for",
        "keras_pe/data/shards/read_ahead.py",
        "            coming = thread.submit(next, items, None)\n            yield item\n",
        "            yield item\n            coming = thread.submit(next, items, None)\n",
        "tests/data/shards/test_read_ahead.py",
    ),
]
