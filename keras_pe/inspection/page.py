"""An inspection as one HTML page that needs nothing beside it."""

from html import escape

from keras_pe.inspection.charts import length_chart
from keras_pe.inspection.inspection import Inspection
from keras_pe.inspection.pieces import pieces_per_word_text
from keras_pe.inspection.style import CSS

_CLASSES = 100
_LENGTHS = ("5 %", "25 %", "50 %", "75 %", "90 %", "95 %", "99 %", "longest")


def html_page(inspection: Inspection, *, title: str) -> str:
    """Lays out an inspection as a page.

    Args:
        inspection: `Inspection`.
        title: str. What was inspected.

    Returns:
        HTML. Whatever comes from the data is escaped.
    """
    body = [
        f"<h1>{escape(title)}</h1>",
        _rows(inspection),
        _section("Checks", _findings(inspection)),
        _section("Classes", _classes(inspection)),
        _section("Lengths of the training texts", _lengths(inspection)),
        _section("Tokenizer", _pieces(inspection)),
        _section("Scripts", _scripts(inspection)),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{CSS}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _section(heading, *parts):
    return f"<h2>{heading}</h2>\n" + "\n".join(parts)


def _rows(inspection):
    sizes = ", ".join(f"{count:,} {name}" for name, count in inspection.rows.items())
    held_out = " Validation is held out of the training file." if inspection.held_out else ""
    return f'<p class="soft">{sizes}; {len(inspection.classes):,} classes.{held_out}</p>'


def _findings(inspection):
    ordered = sorted(inspection.findings, key=lambda finding: not finding.found)
    return "\n".join(map(_finding, ordered))


def _finding(finding):
    places = "".join(f"<li><code>{escape(each)}</code></li>" for each in finding.examples)
    details = f"<details><summary>examples</summary><ul>{places}</ul></details>" if places else ""
    kind = "finding look" if finding.found else "finding"
    said = f"<b>{escape(finding.check)}</b>{escape(finding.sentence)}"
    return f'<div class="{kind}">{said}{details}</div>'


def _classes(inspection):
    parts = list(inspection.rows)
    shown = inspection.classes[:_CLASSES]
    largest = max(each["share"] for each in shown)
    header = ["class", *(f"#{part}" for part in parts), "share of training", "typical words"]
    rows = [
        [
            f'<td class="label">{escape(each["label"] or "none")}</td>',
            *(_number(f"{each['rows'][part]:,}") for part in parts),
            f"<td>{each['share']:.1%}{_bar(each['share'] / largest)}</td>",
            f'<td class="wide">{_words(inspection.typical_words.get(each["label"], []))}</td>',
        ]
        for each in shown
    ]
    more = len(inspection.classes) - len(shown)
    note = f'<p class="soft">and {more:,} smaller classes</p>' if more else ""
    return _table(header, rows) + note


def _lengths(inspection):
    chart = length_chart(inspection.histogram, inspection.cut)
    rows = [
        [f"<td>{name}</td>", *(_number(f"{facts[key]:,}") for key in _LENGTHS)]
        for name, facts in (("words", inspection.words), ("tokens", inspection.tokens))
    ]
    table = _table(["", *(f"#{key}" for key in _LENGTHS)], rows)
    cut = "; ".join(f"{limit}: {share:.1%}" for limit, share in inspection.cut.items())
    said = f"<p>Share of texts that <code>max_length</code> would cut: {cut}.</p>"
    note = (
        "A Chinese, Japanese or Korean character counts as a word. Tokens include [CLS] and [SEP]."
    )
    return f'{chart}{table}{said}<p class="soft">{note}</p>'


def _pieces(inspection):
    rows = [
        [
            f"<td>{name}</td>",
            _number(pieces_per_word_text(facts)),
            _number(f"{facts['unknown_share']:.3%}"),
            _number(f"{facts['texts_with_unknown']:.2%}"),
        ]
        for name, facts in inspection.pieces.items()
    ]
    said = (
        f"<p>{inspection.vocabulary_size:,} pieces, learned from the training texts as "
        "<code>train</code> would.</p>"
    )
    header = ["", "#pieces per word", "#unknown pieces", "#texts with an unknown piece"]
    return said + _table(header, rows)


def _scripts(inspection):
    rows = [
        [
            f"<td>{escape(name)}</td>",
            _number(f"{share:.2%}"),
            f'<td class="wide">{_bar(share)}</td>',
        ]
        for name, share in list(inspection.scripts.items())[:8]
    ]
    table = _table(["script", "#share of letters", ""], rows)
    return f"<p>A guess from the letters: {escape(inspection.language)}.</p>{table}"


def _table(header, rows):
    """Lays out cells; a heading that begins with # is one of numbers."""
    heads = "".join(
        f'<th class="number">{escape(name[1:])}</th>' if name[:1] == "#" else f"<th>{name}</th>"
        for name in header
    )
    lines = "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f"<table>\n<tr>{heads}</tr>\n{lines}\n</table>"


def _number(text):
    return f'<td class="number">{text}</td>'


def _bar(share):
    return f'<div class="share" style="width: {100 * share:.1f}%"></div>'


def _words(words):
    return "".join(f'<span class="word">{escape(word)}</span>' for word in words) or "–"
