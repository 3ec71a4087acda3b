"""An inspection as text for a terminal."""

from keras_pe.evaluation.text_table import aligned_table, one_line
from keras_pe.inspection.inspection import Inspection
from keras_pe.inspection.pieces import pieces_per_word_text

_CLASSES = 20
_LABEL_COLUMNS = 32
_WORDS = 8
_LENGTHS = ("50 %", "90 %", "95 %", "99 %", "longest")


def text_summary(inspection: Inspection) -> str:
    """Lays out an inspection for the terminal.

    Args:
        inspection: `Inspection`.

    Returns:
        Several lines, without a line break at the end.
    """
    return "\n\n".join(
        [
            _rows(inspection),
            _classes(inspection),
            _lengths(inspection),
            _pieces(inspection),
            _findings(inspection),
            _typical(inspection),
        ]
    )


def _rows(inspection):
    sizes = ", ".join(f"{count:,} {name}" for name, count in inspection.rows.items())
    held_out = " (validation is held out of the training file)" if inspection.held_out else ""
    shares = list(inspection.scripts.items())[:4]
    scripts = ", ".join(f"{script} {share:.1%}" for script, share in shares)
    return f"texts      {sizes}{held_out}\nletters    {scripts}: {inspection.language}"


def _classes(inspection):
    parts = list(inspection.rows)
    shown = inspection.classes[:_CLASSES]
    rows = [
        [one_line(c["label"], max_width=_LABEL_COLUMNS), f"{c['share']:.1%}"]
        + [f"{c['rows'][part]:,}" for part in parts]
        for c in shown
    ]
    more = len(inspection.classes) - len(shown)
    table = aligned_table(["class", "share", *parts], rows)
    return table + (f"\n... and {more} smaller classes" if more else "")


def _lengths(inspection):
    rows = [
        [name, *(f"{facts[key]:,}" for key in _LENGTHS)]
        for name, facts in (("words", inspection.words), ("tokens", inspection.tokens))
    ]
    cut = ", ".join(f"{limit}: {share:.1%}" for limit, share in inspection.cut.items())
    table = aligned_table(["length of training texts", *_LENGTHS], rows)
    return f"{table}\nshare of texts that max_length would cut: {cut}"


def _pieces(inspection):
    rows = [
        [name, pieces_per_word_text(f), f"{f['unknown_share']:.3%}"]
        + [f"{f['texts_with_unknown']:.1%}"]
        for name, f in inspection.pieces.items()
    ]
    header = [
        f"tokenizer of {inspection.vocabulary_size:,} pieces",
        *("pieces/word", "unknown", "texts with unknown"),
    ]
    return aligned_table(header, rows)


def _findings(inspection):
    lines = []
    for finding in inspection.findings:
        lines.append(f"{'look' if finding.found else 'fine'}  {finding.check}: {finding.sentence}")
        lines += [f"        {one_line(each, max_width=140)}" for each in _shown(finding)]
    return "\n".join(lines)


def _shown(finding):
    return finding.examples[:2] if finding.found else ()


def _typical(inspection):
    rows = [
        [one_line(c["label"], max_width=_LABEL_COLUMNS), _words_of(c["label"], inspection)]
        for c in inspection.classes[:_CLASSES]
    ]
    return aligned_table(["class", "typical words"], rows, left=(0, 1))


def _words_of(label, inspection):
    words = inspection.typical_words.get(label, [])[:_WORDS]
    return " ".join(one_line(word, max_width=_LABEL_COLUMNS) for word in words) or "-"
