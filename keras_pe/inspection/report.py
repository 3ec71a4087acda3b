"""The files of an inspection."""

import json
from pathlib import Path

from keras_pe.files.new_folder import new_folder
from keras_pe.inspection.inspection import Inspection
from keras_pe.inspection.page import html_page


def write_inspection(inspection: Inspection, folder: str | Path, *, title: str) -> list[Path]:
    """Writes `inspection.json` and `inspection.html`; the folder is there complete, or not at all.

    Args:
        inspection: `Inspection`.
        folder: new or empty.
        title: str. What was inspected.

    Returns:
        The two paths.

    Raises:
        ValueError: the folder holds something.
    """
    folder = Path(folder)
    texts = {
        "inspection.json": json.dumps(inspection.to_dict(), ensure_ascii=False, indent=1) + "\n",
        "inspection.html": html_page(inspection, title=title),
    }
    with new_folder(folder) as building:
        for name, text in texts.items():
            (building / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
