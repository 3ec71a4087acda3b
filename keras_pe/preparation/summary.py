"""What a preparation made, in a few lines."""

from pathlib import Path

from keras_pe.data.shards.manifest import Manifest
from keras_pe.data.targets import TARGETS


def text_summary(manifest: Manifest, folder) -> str:
    """Returns the size of every part, the labels and the faults, a line or a few each.

    Args:
        manifest: `Manifest`.
        folder: str or path. Where it is.

    Returns:
        Lines of text, without a line break at the end.
    """
    target = TARGETS[manifest.setting("problem_type", "single_label")]
    labels = target.numbering.load(Path(folder, "labels.json"))
    lines = [f"{name:<10} {_size(part)}" for name, part in manifest.parts.items()]
    lines.append(f"{'labels':<10} {labels.describe(manifest.parts['train'].targets)}")
    lines += [f"{'checks':<10} {each.sentence}" for each in manifest.findings if each.found]
    return "\n".join(lines)


def _size(part):
    pieces = sum(shard.pieces for shard in part.shards)
    size = sum(shard.bytes for shard in part.shards)
    return (
        f"{part.rows:,} texts, {pieces:,} pieces, {size / 1e6:,.1f} MB in {len(part.shards)} files"
    )
