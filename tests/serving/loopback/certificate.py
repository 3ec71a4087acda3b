"""A certificate that nobody else has signed, for servers of tests."""

import pathlib
import subprocess


def self_signed_certificate(folder):
    """Writes `server.pem` and `server.key`, of 127.0.0.1, and returns their paths.

    Args:
        folder: where they are written; it must exist.
    """
    files = pathlib.Path(folder, "server.pem"), pathlib.Path(folder, "server.key")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    out = ["-out", str(files[0]), "-keyout", str(files[1])]
    subprocess.run([*command.split(), *names, *out], check=True, capture_output=True)
    return files
