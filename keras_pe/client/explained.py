"""What a failed request means for whoever asked, and what to do."""

from keras_pe.client.certificates import is_unverified
from keras_pe.client.server_error import ServerError
from keras_pe.config import ServerConfig


def explained(error: ServerError, config: ServerConfig, texts: int) -> OSError | ValueError:
    """Returns an error of one sentence for each thing that can be wrong.

    Args:
        error: what came back.
        config: what was asked.
        texts: int. Number of texts in the request.
    """
    server, said = config.server, f"{error.message} ({error.code})"
    if is_unverified(error.message):
        return ConnectionError(
            "`server` must have a certificate that can be verified: one of `ca_file`, or signed by "
            f"one of it, and made out to this host. Received: server={server!r}, "
            f"ca_file={config.ca_file!r}; {said}"
        )
    if error.code == "UNAVAILABLE":
        return ConnectionError(
            "`server` must be the address of a TensorFlow Serving that runs and is not overloaded. "
            f"Received: server={server!r}, from which came: {said}"
        )
    if error.code == "DEADLINE_EXCEEDED":
        return TimeoutError(
            f"The server at {server} did not answer {texts} texts in time. Raise `timeout`, which "
            f"is {config.timeout:g} seconds, or ask for fewer texts at once by `batch_size`"
        )
    if error.code == "RESOURCE_EXHAUSTED":
        return OSError(
            f"The server at {server} would not take {texts} texts at once: {said}. Ask for fewer "
            "by `batch_size`, or later"
        )
    if error.code in ("NOT_FOUND", "INVALID_ARGUMENT"):
        return ValueError(_about_the_model(error, config, texts))
    return OSError(f"The server at {server} could not answer: {said}")


def _about_the_model(error: ServerError, config: ServerConfig, texts: int) -> str:
    said = f"The server at {config.server} says: {error.message}"
    if error.code == "NOT_FOUND" or "version label" in error.message:
        version = f", model_version={config.model_version!r}" if config.model_version else ""
        return (
            "`model_name` and `model_version` must be those of a model that the server has loaded. "
            f"Received: model_name={config.model_name!r}{version}. {said}"
        )
    if "maximum input batch size" in error.message:
        return f"`batch_size` must fit the server's max_batch_size. Received: {texts} texts. {said}"
    return (
        "`model_name` must be that of a model that keras_pe exported. "
        f"Received: model_name={config.model_name!r}. {said}"
    )
