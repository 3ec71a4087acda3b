"""What is the same for all blocks of one forward pass."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Sight:
    """Which keys each query sees, and the tables of the position encoding.

    Both depend on where the tokens stand and not on what they say, so an encoder finds them once
    and hands them to all its blocks. Those of long texts would fill [T, T]: they are found for the
    first chunk of queries, and for the later ones where they are needed. Not a tuple: Keras would
    take that for inputs of the layer.

    Args:
        visible: [B or 1, 1, Tq or 1, Tk], bool; None if every query sees every key.
        tables: What `prepare` of the encoding returned.
        tokens: `Tokens`, all of them, where there may be later queries; None where there are none.
    """

    visible: object
    tables: object
    tokens: object = None
