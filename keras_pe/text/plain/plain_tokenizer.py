"""What the tokenizers in plain Python share."""

from abc import ABC, abstractmethod

from keras_pe.text.plain.plain_framing import PlainFraming
from keras_pe.text.plain.plain_preparation import PlainPreparation


class PlainTokenizer(ABC):
    """Turns a text, or a pair, into the ids that a model reads, as `Tokenizer.encode` does.

    A subclass says in `pieces` what the ids of a prepared text are.

    Args:
        prepare: makes of a text what is cut into pieces.
        frame: makes of ids of pieces what the model reads.
    """

    def __init__(self, prepare: PlainPreparation, frame: PlainFraming):
        self._prepare = prepare
        self._frame = frame

    @abstractmethod
    def pieces(self, text: str, most: int | None) -> list[int]:
        """Returns the ids of a prepared text; of more than `most`, any beyond may be missing."""

    def __call__(self, text: str | bytes, second_text: str | bytes | None = None) -> list[int]:
        """Returns the ids of a text or a pair; bytes that are not UTF-8 count as U+FFFD."""
        texts = [text] if second_text is None else [text, second_text]
        most = self._frame.most
        return self._frame(*(self.pieces(self._prepare(each), most) for each in texts))
