"""Who serves beside whom."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.environments import lacking
from benchmarks.peers.contestants import sizes
from keras_pe.config import RunConfig

KERAS = "benchmarks.serving.keras_serving"
C_API = "benchmarks.serving.c_api_serving"
RUNTIME = "benchmarks.serving.runtime_serving"
TORCH = "benchmarks.serving.torch_serving"
ONNX = "benchmarks.serving.onnx_serving"
_NEEDS = {TORCH: ("torch", "tokenizers"), ONNX: ("onnxruntime", "onnxscript", "torch")}


@dataclass(frozen=True)
class Contestant:
    """One way of serving.

    Args:
        name: str. What a table calls it.
        module: str. Has the function `prepare`.
        arguments: dict. What `prepare` gets.
    """

    name: str
    module: str
    arguments: dict

    def lacks(self, peers_python: str) -> str | None:
        """Says in one sentence what it needs and is not there, or None."""
        needed = _NEEDS.get(self.module)
        return lacking(peers_python, needed) if needed else None

    @property
    def packages(self) -> tuple[str, ...]:
        """What it needs of the other environment."""
        return _NEEDS.get(self.module, ())

    @property
    def needs_peers(self) -> bool:
        return self.module in _NEEDS


def contestants(
    config: RunConfig, label_names: list[str], folder: Path, compiled: bool
) -> list[Contestant]:
    """Returns the ways of serving, ours first.

    Args:
        config: `RunConfig`, resolved.
        label_names: the classes.
        folder: Path. What `store_classifier` wrote.
        compiled: bool. Whether `torch.compile` takes part.
    """
    stored = {
        "folder": str(folder),
        "texts": str(folder / "texts.json"),
        "label_names": list(label_names),
    }
    own = stored | {"max_length": config.max_length}
    theirs = stored | {"sizes": sizes(config)}
    found = [
        Contestant("keras_pe, exported SavedModel", KERAS, own | {"exported": True}),
        Contestant(
            "keras_pe, exported SavedModel, warmed up",
            KERAS,
            own | {"exported": True, "warmed_up": True},
        ),
        *_of_c_api(stored),
        *_of_runtimes(stored),
        Contestant("keras_pe, model.predict", KERAS, own | {"exported": False}),
        Contestant("PyTorch, eager, Rust tokenizer", TORCH, theirs),
        Contestant("ONNX Runtime, Rust tokenizer", ONNX, theirs),
    ]
    if compiled:
        name = "PyTorch, torch.compile, Rust tokenizer"
        found.append(Contestant(name, TORCH, theirs | {"compiled": True}))
    return found


def _of_c_api(stored):
    files = {name: stored[name] for name in ("folder", "texts")}
    for said, warmed_up in (("", False), (", warmed up", True)):
        name = f"keras_pe, exported SavedModel, C API{said}"
        yield Contestant(name, C_API, files | {"warmed_up": warmed_up})


def _of_runtimes(stored):
    kinds = (
        ("LiteRT", "litert", False),
        ("LiteRT, int8", "litert_int8", False),
        ("ONNX Runtime", "onnx", False),
        ("ONNX Runtime, Rust tokenizer", "onnx", True),
    )
    files = {name: stored[name] for name in ("folder", "texts")}
    for name, export, rust in kinds:
        arguments = files | {"export": export, "rust": rust}
        yield Contestant(f"keras_pe, exported to {name}", RUNTIME, arguments)
