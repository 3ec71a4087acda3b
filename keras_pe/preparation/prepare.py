"""A whole preparation: read, plan, write; what is done is kept when it is stopped."""

import dataclasses
import logging
import os
import shutil
from functools import partial
from pathlib import Path

from tqdm import tqdm

from keras_pe.config import PreparationConfig, RunConfig, SettingsRead, TextConfig
from keras_pe.data.shards.manifest import Manifest
from keras_pe.data.shards.part import Part
from keras_pe.files.atomic_file import atomic_file
from keras_pe.files.remote_path import refuse_remote
from keras_pe.preparation.beam import run_in_beam
from keras_pe.preparation.merged_findings import merged_findings
from keras_pe.preparation.plan import Plan
from keras_pe.preparation.planning import make_plan, settings_of_plan, training_examples
from keras_pe.preparation.source import find_sources
from keras_pe.preparation.spill_source import spill_source
from keras_pe.preparation.spills import Spills
from keras_pe.preparation.start import num_shards, refuse_other_folders, start
from keras_pe.preparation.workers import run_all
from keras_pe.preparation.workplace import Workplace
from keras_pe.preparation.write_bucket import write_bucket
from keras_pe.prepared_data import learn_tokenizer
from keras_pe.text.tokenizers import load_tokenizer

_TOKENIZER_SETTINGS = (
    "vocabulary_size", *(field.name for field in dataclasses.fields(TextConfig))
)  # fmt: skip

_logger = logging.getLogger(__name__)


def prepare(
    config: RunConfig,
    how: PreparationConfig,
    output_dir: str | os.PathLike[str],
    *,
    progress: bool = False,
) -> Manifest:
    """Turns labelled text into shards of token ids, with the memory that some shards need.

    First every source is sorted into buckets on disk by a hash of the text, so that copies meet and
    each bucket is a random part of the whole. From hashes and labels alone it is decided what is
    held out. Then each bucket becomes a shard of every part. A preparation that was stopped goes on
    where it was, if it is called with the same settings.

    Args:
        config: `RunConfig`. What to read, and how.
        how: `PreparationConfig`.
        output_dir: str or path. New folder, or that of a preparation that was stopped.
        progress: bool. Whether to show bars on standard error.

    Returns:
        `Manifest`, which is also in the folder.

    Raises:
        ValueError: a setting is wrong or has no effect, the data have a fault, or the folder holds
            anything else.
        FileNotFoundError: a file does not exist.
    """
    refuse_remote(output_dir=output_dir, tokenizer_dir=how.tokenizer_dir)
    output_dir, run = Path(output_dir), _runner(how)
    refuse_other_folders(output_dir)
    settings = SettingsRead(config)
    sources = find_sources(settings)
    used = (
        *settings_of_plan(config, sources),
        *([] if how.tokenizer_dir else _TOKENIZER_SETTINGS),
    )
    for name in used:
        getattr(settings, name)
    settings.refuse_unread(RunConfig, because="the data given")
    place = Workplace(output_dir, how.num_shards or num_shards(sources), config.seed)
    record = start(place, config, how, sources)
    names = _spill(place, sources, run, progress)
    if not place.plan_file.exists():
        _plan(place, config, how, names)
    return _write(place, record, run, progress)


def _runner(how):
    """Returns a function of a step and its jobs that does them all."""
    if how.beam_options is None:
        return partial(run_all, processes=how.processes or os.cpu_count() or 1)
    if how.processes is not None:
        raise ValueError(
            "`processes` has no effect with `beam_options`, which say where the steps run. "
            f"Received: processes={how.processes}. Leave it out."
        )
    return partial(run_in_beam, options=how.beam_options)


def _spill(place, sources, run, progress) -> dict[str, list[str]]:
    """Sorts every source that is not sorted yet; returns the folders of each part."""
    names: dict[str, list[str]] = {}
    jobs = []
    for source in sources:
        own = names.setdefault(source.part, [])
        own.append(f"{source.part}-{len(own)}")
        if not place.spill_folder(own[-1]).exists():
            jobs.append((place, source, own[-1]))
    if len(jobs) == 1 or not all(source.is_file for source in sources):
        for job in jobs:
            spill_source(*job, "reading" if progress else None)
        return names
    done = run(spill_source, jobs)
    for _ in tqdm(done, "reading", total=len(jobs), unit=" files", disable=not progress):
        pass
    return names


def _plan(place: Workplace, config, how, names) -> None:
    """Decides what becomes of every row, and learns the tokenizer; once."""
    spills = Spills(place.folder, names, place.seed)
    plan, labels = make_plan(config, spills, names, place.num_buckets, place.folder)
    folder = place.output_dir / "tokenizer"
    shutil.rmtree(folder, ignore_errors=True)
    if how.tokenizer_dir:
        tokenizer = load_tokenizer(how.tokenizer_dir)
    else:
        _logger.info("Learning the tokenizer from %d texts at most.", how.tokenizer_texts)
        examples = training_examples(plan, spills, place.seed, most=how.tokenizer_texts)
        tokenizer = learn_tokenizer(examples, config)
    tokenizer.save(folder)
    with atomic_file(place.output_dir / "labels.json") as temporary:
        labels.save(temporary)
    plan.save(place.plan_file)


def _write(place: Workplace, record, run, progress) -> Manifest:
    jobs = [
        (place, bucket)
        for bucket in range(place.num_buckets)
        if not place.facts_file(bucket).exists()
    ]
    done = run(write_bucket, jobs)
    for _ in tqdm(
        done,
        "tokenising",
        initial=place.num_buckets - len(jobs),
        total=place.num_buckets,
        unit=" shards",
        disable=not progress,
    ):
        pass
    facts = [place.load_facts(bucket) for bucket in range(place.num_buckets)]
    parts = {
        name: Part.joined(Part.from_dict(each["parts"][name]) for each in facts)
        for name in facts[0]["parts"]
    }
    plan = Plan.load(place.plan_file)
    findings = merged_findings(
        [each["findings"] for each in facts], parts, plan.labels, plan.findings
    )
    manifest = Manifest(settings=record, parts=parts, findings=findings)
    manifest.save(place.output_dir)
    shutil.rmtree(place.folder)
    return manifest
