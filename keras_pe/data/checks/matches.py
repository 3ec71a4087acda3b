"""How many texts match a pattern, and where."""

import re

from keras_pe.data.checks.finding import Finding, count_of, shown
from keras_pe.data.checks.parts import Parts


def find_matches(
    parts: Parts, patterns: dict[str, re.Pattern], *, check: str, none: str
) -> Finding:
    """Counts the texts that match each of several patterns.

    Args:
        parts: `Parts`.
        patterns: dict from what a pattern stands for to the pattern.
        check: str. The name of the check.
        none: str. The sentence where no text matches.

    Returns:
        `Finding`. Its numbers are the texts per pattern, and the share of texts with any.
    """
    texts = dict.fromkeys(patterns, 0)
    firsts, found, total = {}, [], 0
    for part in parts.examples.values():
        for example in part:
            total += 1
            hits = {name: hit for name, p in patterns.items() if (hit := p.search(example.text))}
            for name in hits:
                texts[name] += 1
                firsts.setdefault(name, example.place)
            if hits:
                found.append((example, min(hit.start() for hit in hits.values())))
    share = len(found) / total if total else 0.0
    kinds = (f"{texts[name]:,} with {name} (first {place})" for name, place in firsts.items())
    said = f"{count_of(len(found), 'text')} ({share:.2%}): {', '.join(kinds)}"
    return Finding(
        check=check,
        found=bool(found),
        sentence=said if found else none,
        numbers={**texts, "texts": len(found), "share": share},
        examples=shown([e for e, _ in found], around=[at for _, at in found]),
    )
