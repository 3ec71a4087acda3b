"""The tokens that stand for no text, in the order of their ids in a vocabulary learned here."""

PAD = "[PAD]"
UNKNOWN = "[UNK]"
START = "[CLS]"
END = "[SEP]"
MASK = "[MASK]"
SPECIAL_TOKENS = (PAD, UNKNOWN, START, END, MASK)
