"""What `decode_entities` does to one entity, in plain Python."""

from collections.abc import Mapping

_REPLACEMENT = "\ufffd"


def plain_entity(body: str, told: Mapping) -> str:
    """Returns the character of an HTML entity; of an unknown name, the entity as it stands.

    Args:
        body: the entity without `&` and `;`.
        told: `names`, `windows_1252` and `spaces`: see `keras_pe.text.entity_table`.

    Example:
        >>> told = {"names": {"eacute": "é"}, "windows_1252": [8364], "spaces": [160]}
        >>> [plain_entity(body, told) for body in ("EACUTE", "#x80", "#160", "#0", "none")]
        ['é', '€', ' ', '�', '&none;']
    """
    if body[0] != "#":
        names = told["names"]
        return names.get(body) or names.get(body.lower()) or f"&{body};"
    number = int(body[2:], 16) if body[1] in "xX" else int(body[1:])
    if 128 <= number < 128 + len(told["windows_1252"]):
        return chr(told["windows_1252"][number - 128])
    if number in told["spaces"]:
        return " "
    is_character = 0 < number <= 0x10FFFF and not 0xD800 <= number < 0xE000
    return chr(number) if is_character else _REPLACEMENT
