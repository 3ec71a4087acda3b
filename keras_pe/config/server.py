"""Where a served model is asked."""

import dataclasses

from keras_pe.config.setting import check_settings, setting


@dataclasses.dataclass(frozen=True, kw_only=True)
class ServerConfig:
    """Settings of a client of TensorFlow Serving.

    Example:
        >>> ServerConfig(server="localhost:8500", model_name="reviews").timeout
        30.0
    """

    server: str | None = setting(
        None,
        "running TensorFlow Serving, instead of run_dir: host:port for gRPC, or http://host:port "
        "for REST; with TLS grpcs://host:port or https://host:port",
    )
    model_name: str = setting(
        "model", "name under which the server has the model; the default is that of its image"
    )
    model_version: str | None = setting(
        None, "number of a version, or a label such as canary; without it the server chooses"
    )
    ca_file: str | None = setting(
        None,
        "certificates (PEM) to believe of a server at grpcs:// or https:// (default: the system's)",
    )
    timeout: float = setting(30.0, "seconds to wait for an answer of the server", above=0.0)

    def __post_init__(self):
        check_settings(self)
