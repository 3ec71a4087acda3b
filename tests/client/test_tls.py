"""Servers with a certificate, which is made here and signed by nobody else."""

import pytest

from keras_pe.client.remote_classifier import RemoteClassifier
from keras_pe.config import ServerConfig
from tests.serving.loopback.certificate import self_signed_certificate

PORTS = ["grpc", "rest"]


def connect(address, **settings):
    return RemoteClassifier(ServerConfig(server=address, model_name="film", **settings))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Files of a certificate and its key."""
    return self_signed_certificate(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize("port", PORTS)
def test_a_server_whose_certificate_is_named_is_asked(port, certificate, serve):
    server = serve(tls=certificate)
    classifier = connect(getattr(server, port), ca_file=str(certificate[0]))
    assert classifier.predict(["aab", "bb"])[0] == ["a", "b"]


@pytest.mark.parametrize("port", PORTS)
def test_a_certificate_that_does_not_verify_is_said_at_once(port, certificate, serve, pauses):
    server = serve(tls=certificate)
    message = "must have a certificate that can be verified: one of `ca_file`.*Received: server="
    with pytest.raises(ConnectionError, match=message):
        connect(getattr(server, port))
    assert pauses == []


def test_files_that_hold_no_certificates(tmp_path):
    file = tmp_path / "ca.pem"
    with pytest.raises(FileNotFoundError, match="`ca_file` must be a file that can be read"):
        connect("grpcs://localhost:1", ca_file=str(file))
    file.write_text("no certificate", encoding="utf-8")
    with pytest.raises(ValueError, match="`ca_file` must hold certificates as PEM. Received: ca_"):
        connect("https://localhost:1", ca_file=str(file))


@pytest.mark.parametrize("address", ["localhost:1", "http://localhost:1"])
def test_certificates_without_tls_have_no_effect(address):
    with pytest.raises(ValueError, match="`ca_file` has no effect without a server at grpcs://"):
        connect(address, ca_file="ca.pem")
