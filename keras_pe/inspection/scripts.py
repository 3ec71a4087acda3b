"""Which scripts texts are written in, and a guess at the language from them."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

_NAMES = {
    "CJK": "Han",
    "IDEOGRAPHIC": "Han",
    "FULLWIDTH": "Latin",
    "HALFWIDTH": "Katakana",
    "MODIFIER": "other",
    "MATHEMATICAL": "other",
    "FEMININE": "Latin",
    "MASCULINE": "Latin",
    "MICRO": "Greek",
    "KELVIN": "Latin",
    "ANGSTROM": "Latin",
    "DOUBLE-STRUCK": "other",
}
_LANGUAGES = {
    "Latin": "English or another language in Latin script",
    "Han": "Chinese",
    "Hangul": "Korean",
    "Cyrillic": "Russian or another language in Cyrillic script",
    "Arabic": "Arabic or another language in Arabic script",
    "Greek": "Greek",
    "Hebrew": "Hebrew",
    "Thai": "Thai",
    "Devanagari": "Hindi or another language in Devanagari script",
}
_MIXED = 0.05  # a script with less of the letters is not named in the guess


def script_shares(texts: Iterable[str]) -> dict[str, float]:
    """Returns the share of each script among the letters, the commonest first.

    The script is taken from the name that Unicode gives a letter.

    Args:
        texts: iterable of str; gone over once.

    Returns:
        dict from script to share; empty where there is no letter.

    Example:
        >>> script_shares(["tea 茶", "!"])
        {'Latin': 0.75, 'Han': 0.25}
    """
    characters: Counter[str] = Counter()
    for text in texts:
        characters.update(text)
    scripts: Counter[str] = Counter()
    for character, count in characters.items():
        if character.isalpha():
            scripts[_script(character)] += count
    total = scripts.total()
    return {script: count / total for script, count in scripts.most_common()}


def guessed_language(shares: dict[str, float]) -> str:
    """Says which language such letters suggest.

    Args:
        shares: what `script_shares` returns.

    Returns:
        str.

    Example:
        >>> guessed_language({"Han": 0.6, "Hiragana": 0.3, "Latin": 0.1})
        'Japanese, mixed with English or another language in Latin script'
    """
    shares = dict(shares)
    kana = shares.pop("Hiragana", 0.0) + shares.pop("Katakana", 0.0)
    if kana >= _MIXED:
        shares["Japanese"] = kana + shares.pop("Han", 0.0)
    named = sorted((s for s in shares if shares[s] >= _MIXED), key=shares.get, reverse=True)
    languages = [_LANGUAGES.get(script, script) for script in named]
    return ", mixed with ".join(languages) or "no letters"


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "other").split()[0].split("-")[0]
    return _NAMES.get(first, first.capitalize() if first != "other" else first)
