"""Draws what position encodings and position sources do, as PNG files.

python -m apps.draw_positions --output_dir=docs/positions
"""

import pathlib

from absl import flags

from keras_pe.config.table_names import table_names

from ._run import refuse_arguments
from ._run import run as run_app
from ._tensorflow import start_quietly

_OUTPUT_DIR = flags.DEFINE_string(
    "output_dir", None, "folder for the pictures; older ones of the same name are replaced"
)
_POSITIONS = flags.DEFINE_multi_enum(
    "position",
    None,
    table_names("models/positions.py", "POSITIONS"),
    "encoding to draw; may be given several times (default: all, an overview and the sources)",
)


def main(arguments):
    """Draws the pictures and says where each is."""
    refuse_arguments(arguments)
    start_quietly()
    from keras_pe.models import POSITIONS
    from keras_pe.pictures import draw_overview, draw_position, draw_sources

    folder = pathlib.Path(_OUTPUT_DIR.value)
    for name in dict.fromkeys(_POSITIONS.value or POSITIONS):
        print(draw_position(name, folder / f"{name}.png"), flush=True)
    if not _POSITIONS.value:
        print(draw_overview(folder / "overview.png"), flush=True)
        print(draw_sources(folder / "sources.png"), flush=True)


def run():
    """Entry point of the command."""
    run_app(main, required=["output_dir"])


if __name__ == "__main__":
    run()
