"""Which certificates of servers are believed."""

import ssl

from keras_pe.config import ServerConfig

SECURE = ("grpcs://", "https://")
# What is in the messages of OpenSSL, of gRPC's own copy of it, and of its check of names.
_UNVERIFIED = ("CERTIFICATE_VERIFY_FAILED", "Hostname Verification", "is not in peer certificate")


def trusted(config: ServerConfig) -> ssl.SSLContext | None:
    """Returns what believes the certificates of `ca_file`, or of the system; None without TLS.

    Args:
        config: `server` is grpcs:// or https://, where the server has a certificate.

    Raises:
        ValueError: if `ca_file` has no effect, or is no file of certificates.
        FileNotFoundError: if there is no such file.
    """
    if not (config.server or "").startswith(SECURE):
        if config.ca_file is not None:
            raise ValueError(
                "`ca_file` has no effect without a server at grpcs:// or https://. "
                f"Received: ca_file={config.ca_file!r}, server={config.server!r}"
            )
        return None
    try:
        return ssl.create_default_context(cafile=config.ca_file)
    except ssl.SSLError as error:
        raise ValueError(
            "`ca_file` must hold certificates as PEM. "
            f"Received: ca_file={config.ca_file!r}, of which was said: {error}"
        ) from error
    except OSError as error:
        raise FileNotFoundError(
            f"`ca_file` must be a file that can be read. Received: ca_file={config.ca_file!r}"
        ) from error


def is_unverified(message: str) -> bool:
    """Returns whether an error says that a server's certificate was not believed.

    Example:
        >>> is_unverified("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
        True
    """
    return any(part in message for part in _UNVERIFIED)
