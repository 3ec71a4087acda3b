"""The models of a server, by name, version and label (server_core.cc, basic_manager.cc)."""

from tests.serving.loopback.status import StatusError, invalid


class ServedModels:
    """Finds what a ModelSpec asks for.

    Args:
        models: name -> version -> model, which has `signatures` and `run` as `LoadedModel` has.
        labels: name -> label -> version.
    """

    def __init__(self, models, labels=None):
        self._models = models
        self._labels = labels or {}

    def find(self, spec):
        """Returns the version and the model."""
        versions = self._models.get(spec.name, {})
        if spec.version_label:
            version = self._labels.get(spec.name, {}).get(spec.version_label)
            if version is None:
                raise invalid(f"Unrecognized servable version label: {spec.version_label}")
        elif spec.HasField("version"):
            version = spec.version.value
        else:
            version = max(versions, default=None)
        if version not in versions:
            given = f"Specific({spec.name}, {version})" if version else f"Latest({spec.name})"
            raise StatusError("NOT_FOUND", f"Servable not found for request: {given}")
        return version, versions[version]

    def versions(self, spec):
        """Returns the versions whose status is asked."""
        versions = sorted(self._models.get(spec.name, {}), reverse=True)
        if spec.HasField("version"):
            if spec.version.value in versions:
                return [spec.version.value]
            message = f"Could not find version {spec.version.value} of model {spec.name}"
            raise StatusError("NOT_FOUND", message)
        if not versions:
            raise StatusError("NOT_FOUND", f"Could not find any versions of model {spec.name}")
        return versions
