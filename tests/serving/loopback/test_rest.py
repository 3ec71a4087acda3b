"""REST over a real socket; what is refused, the server's source refuses so."""

import base64
import json
import urllib.error
import urllib.request

import pytest


def ask(server, path, body=None):
    """Returns status and content of a POST, or without a body, of a GET."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(f"{server.rest}/v1/models/{path}", data, timeout=30) as answer:
            assert answer.headers["Content-Type"] == "application/json"
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.mark.parametrize("path", ["film", "film/versions/1", "film/labels/stable"])
def test_rows_of_rest_are_objects_with_all_outputs(path, server, expected, texts):
    status, content = ask(server, f"{path}:predict", {"instances": texts})
    assert status == 200
    rows = content["predictions"]
    assert [row["label"] for row in rows] == expected[0]
    assert [row["scores"] for row in rows] == [pytest.approx(r, abs=1e-6) for r in expected[1]]
    assert rows[0]["labels"] == ["负面", "neutral", "positive"]


def test_a_column_is_an_output_of_all_rows(server, expected, texts):
    for inputs in ({"text": texts}, texts):
        _, content = ask(server, "film:predict", {"inputs": inputs})
        assert content["outputs"]["label"] == expected[0]


def test_one_output_stands_without_its_name(server):
    body = {"signature_name": "embed", "instances": [{"text": "好"}, {"text": ""}]}
    _, content = ask(server, "film:predict", body)
    assert [len(row) for row in content["predictions"]] == [8, 8]


def test_bytes_are_sent_in_base64(server):
    encoded = {"b64": base64.b64encode("好电影".encode()).decode()}
    _, content = ask(server, "film:predict", {"instances": [encoded, {"b64": "//8="}, "好电影"]})
    first, _, last = content["predictions"]
    assert first == last


def test_rest_classify_gives_pairs(server, expected, texts):
    body = {"signature_name": "classify", "examples": [{"text": text} for text in texts]}
    _, content = ask(server, "film:classify", body)
    assert [[label for label, _ in row] for row in content["results"]] == [
        ["负面", "neutral", "positive"]
    ] * 3
    assert [score for _, score in content["results"][0]] == pytest.approx(expected[1][0], abs=1e-6)


def test_status_tells_the_state_of_each_version(server):
    status, content = ask(server, "film/versions/1")
    assert status == 200
    assert content["model_version_status"] == [
        {"version": "1", "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}
    ]


REFUSED = [
    ("film:predict", b"{", 400, "JSON Parse error"),
    ("film:predict", b"", 400, "The document is empty"),
    ("film:predict", {}, 400, "Missing 'inputs' or 'instances' key"),
    ("film:predict", {"instances": []}, 400, "No values in 'instances' array"),
    ("film:predict", {"instances": "a"}, 400, "to be an list"),
    ("film:predict", {"instances": [1]}, 400, "is not of expected type: string"),
    ("film:predict", {"instances": [["a"]]}, 400, "does not fit [-1]"),
    ("film:predict", {"instances": [{"b64": "?"}]}, 400, "Unable to base64 decode"),
    ("film:predict", {"instances": [{"txt": "a"}]}, 400, "keys must be equal to: text"),
    ("film:predict", {"inputs": {"txt": ["a"]}}, 400, "Missing named input: text"),
    ("film:predict", {"signature_name": "x", "instances": ["a"]}, 400, '"x" not found in sig'),
    ("film:classify", {"examples": [{"text": "a"}]}, 400, "classification"),
    ("film:explain", {"instances": ["a"]}, 400, "Malformed request: POST"),
    ("flim:predict", {"instances": ["a"]}, 404, "not found for request: Latest(flim)"),
    ("film/versions/9:predict", {"instances": ["a"]}, 404, "Specific(film, 9)"),
    ("film/labels/canary:predict", {"instances": ["a"]}, 400, "version label: canary"),
    ("flim", None, 404, "Could not find any versions of model flim"),
]


@pytest.mark.parametrize(("path", "body", "code", "words"), REFUSED)
def test_rest_refuses_with_an_error_in_json(path, body, code, words, server):
    status, content = ask(server, path, body)
    assert status == code
    assert list(content) == ["error"]
    assert words in content["error"]
