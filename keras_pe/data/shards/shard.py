"""What is known of one shard without reading it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Shard:
    """Names a TFRecord file and says what is in it.

    Args:
        file: str. Its name in the folder of the corpus.
        rows: int. Texts.
        pieces: int. Token ids of all texts together.
        bytes: int. Size of the file.
        sha256: str. Checksum of the file, as `sha256sum` prints it.
    """

    file: str
    rows: int
    pieces: int
    bytes: int
    sha256: str
