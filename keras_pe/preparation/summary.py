"""What a preparation made, in a few lines."""

import json
from pathlib import Path

from keras_pe.data.shards.manifest import Manifest


def text_summary(manifest: Manifest, folder) -> str:
    """Returns the size of every part, the classes and the faults, a line or a few each.

    Args:
        manifest: `Manifest`.
        folder: str or path. Where it is.

    Returns:
        Lines of text, without a line break at the end.
    """
    labels = json.loads(Path(folder, "labels.json").read_text("utf-8"))
    lines = [f"{name:<10} {_size(part)}" for name, part in manifest.parts.items()]
    lines.append(f"{'classes':<10} {len(labels)}: {', '.join(labels[:8])}{_more(labels)}")
    lines += [f"{'checks':<10} {each.sentence}" for each in manifest.findings if each.found]
    return "\n".join(lines)


def _size(part):
    pieces = sum(shard.pieces for shard in part.shards)
    size = sum(shard.bytes for shard in part.shards)
    return (
        f"{part.rows:,} texts, {pieces:,} pieces, {size / 1e6:,.1f} MB in {len(part.shards)} files"
    )


def _more(labels):
    return ", ..." if len(labels) > 8 else ""
