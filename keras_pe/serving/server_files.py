"""Settings of TensorFlow Serving that fit an exported model."""

from pathlib import Path

from keras_pe.serving.served import EXTRA
from keras_pe.serving.versions import latest_version

# The server looks for this name beside `saved_model.pb` (bundle_factory_util.cc).
BATCHING = "batching_params.pbtxt"
MODELS = "models.config"

# As many threads as there are cores is what the server takes by itself. No `allowed_batch_sizes`:
# on a CPU nothing is compiled for a size, and rows that fill up a batch cost as much as texts.
BATCHING_TEXT = """\
# Read with --enable_batching --enable_per_model_batching_parameters.
max_batch_size { value: 32 }
batch_timeout_micros { value: 2000 }
max_enqueued_batches { value: 100 }
"""
_MODELS_TEXT = """\
# For --model_config_file, with --allow_version_labels_for_unavailable_models=true.
# To go back, give `stable` to the earlier version; to finish, give it to the new one.
model_config_list {{
  config {{
    name: '{name}'
    base_path: '/models/{name}'
    model_platform: 'tensorflow'
    model_version_policy {{ specific {{ {versions} }} }}
    {labels}
  }}
}}
"""


def write_server_files(version: Path, model_folder: Path) -> None:
    """Writes `batching_params.pbtxt`, and `assets.extra/models.config` as an example to edit.

    In `models.config` the new version is `canary` and the one before it `stable`; the first version
    of all is `stable`.

    Args:
        version: folder of the version that is being written.
        model_folder: folder in which it will get the next free number.
    """
    (version / BATCHING).write_text(BATCHING_TEXT, encoding="utf-8")
    before = latest_version(model_folder)
    labels = {"stable": int(before.name)} if before else {"stable": 1}
    if before:
        labels["canary"] = int(before.name) + 1
    text = models_config(model_folder.resolve().name, labels)
    (version / EXTRA / MODELS).write_text(text, encoding="utf-8")


def models_config(name: str, labels: dict[str, int]) -> str:
    """Returns the text of a `models.config` that serves labelled versions of one model.

    Args:
        name: of the model; its folder is `/models/<name>` where the server runs.
        labels: label -> version.

    Example:
        >>> print(models_config("news", {"stable": 3}).splitlines()[7])
            model_version_policy { specific { versions: 3 } }
    """
    name = name.replace("\\", r"\\").replace("'", r"\'")
    versions = " ".join(f"versions: {version}" for version in sorted(set(labels.values())))
    lines = (f"version_labels {{ key: '{key}' value: {labels[key]} }}" for key in labels)
    return _MODELS_TEXT.format(name=name, versions=versions, labels="\n    ".join(lines))
