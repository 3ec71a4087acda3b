"""The command that serves an exported model."""

import pathlib


def docker_command(folder):
    """Returns the command that serves the versions in a folder."""
    folder = pathlib.Path(folder).resolve()
    return (
        f"docker run --rm -p 8500:8500 -p 8501:8501 -v '{folder}:/models/{folder.name}:ro' "
        f"-e MODEL_NAME={folder.name} tensorflow/serving:2.20.0"
    )
