"""What an export is written for, and how its weights are stored."""

import dataclasses

from keras_pe.config.setting import check_settings, setting
from keras_pe.config.table_names import table_names

TARGETS = table_names("serving/targets/targets.py", "TARGETS")


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExportConfig:
    """Settings of an export.

    Example:
        >>> ExportConfig(target="litert,onnx").targets
        ('litert', 'onnx')
    """

    target: str = setting("saved_model", f"what to write, with commas: {', '.join(TARGETS)}")
    weights: str = setting(
        "float32",
        "how a SavedModel stores weights; it computes in float32 (saved_model)",
        choices=("float32", "bfloat16"),
    )
    quantization: str = setting(
        "none",
        "how weights are stored; calibrated_int8 rounds activations too, as the run's training "
        "texts say (litert)",
        choices=("none", "float16", "dynamic_int8", "calibrated_int8"),
    )
    length: str = setting(
        "dynamic",
        "whether a text has as many ids as it needs, or max_length (litert)",
        choices=("dynamic", "fixed"),
    )

    def __post_init__(self):
        check_settings(self)
        for target in self.targets:
            if target not in TARGETS:
                raise ValueError(
                    f"`target` must be of: {', '.join(TARGETS)}. Received: target={self.target!r}"
                )
        if len(set(self.targets)) < len(self.targets):
            raise ValueError(f"`target` must name each once. Received: target={self.target!r}")
        self._refuse_without_effect("saved_model", "weights")
        self._refuse_without_effect("litert", "quantization", "length")

    @property
    def targets(self) -> tuple[str, ...]:
        """The names in `target`."""
        return tuple(name.strip() for name in self.target.split(","))

    def _refuse_without_effect(self, target: str, *names: str):
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if field.name in names and value != field.default and target not in self.targets:
                raise ValueError(
                    f"`{field.name}` has no effect without the target {target}. "
                    f"Received: {field.name}={value!r}, target={self.target!r}"
                )
