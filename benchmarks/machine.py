"""What the measurements ran on."""

import importlib.metadata
import os
import pathlib
import platform

from keras_pe.training.device import describe_device

_PACKAGES = ("keras", "keras-hub", "tensorflow", "tensorflow-text", "numpy", "keras-pe")


def describe_machine() -> dict:
    """Returns processor, cores, load and versions, ready for JSON."""
    return {
        "processor": _processor(),
        "cores": _usable_cores(),
        "device": describe_device(),
        # Of the last minute: what others were doing when the run began.
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        **{name: _version(name) for name in _PACKAGES},
    }


def _processor():
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _usable_cores():
    # Fewer than there are if the process is pinned, as by `taskset`.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def _version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
