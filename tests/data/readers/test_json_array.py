import json

import pytest

from keras_pe.data.readers import read_examples

GOOD = '{"text": "a", "label": "x"}'


def read(folder, content, name="a.json", **settings):
    file = folder / name
    file.write_bytes(content.encode())
    return [(x.text, x.label, x.row) for x in read_examples(file, **settings)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"[{GOOD}]", [("a", "x", 1)]),
        (f"\n [ {GOOD},\r\n{GOOD}\r,\n\n {GOOD} ] \n", [("a", "x", row) for row in (2, 3, 6)]),
        (f"\ufeff[\n{GOOD}\n]", [("a", "x", 2)]),
        ('[{"id": [[1]],\n "text": "b\\n", "label": true}]', [("b\n", "true", 1)]),
        (f"\n{GOOD}\n\n{GOOD}\n", [("a", "x", 2), ("a", "x", 4)]),
    ],
    ids=["one line", "white space", "mark", "values", "lines"],
)  # fmt: skip
def test_objects_know_the_line_at_which_they_start(content, expected, tmp_path):
    assert read(tmp_path, content) == expected


@pytest.mark.parametrize("indent", [None, 0, 2, "\t"])
def test_whatever_json_writes_is_read_back(indent, tmp_path):
    texts = ['"', "\\", "\x85", "\n", "é体😀", "],[{", " ", ""]
    records = [{"text": text, "label": number} for number, text in enumerate(texts)]
    read_back = read(tmp_path, json.dumps(records, indent=indent, ensure_ascii=False))
    assert [(text, label) for text, label, _ in read_back] == [
        (text, str(number)) for number, text in enumerate(texts)
    ]


BAD = {
    "string": ('"a"', r"the array must hold JSON objects\. Received: '\"a\"\\n"),
    "array": ("[1, 2]", r"the array must hold JSON objects\. Received: '\[1, 2\]"),
    "single quotes": ("{'text': 1}", r"one array of JSON objects\. Received: .* \(Expecting prop"),
    "no comma": (f"{GOOD} {GOOD}", r"Received: '\{.* \(Expecting a comma or the end of the array"),
    "two commas": (f"{GOOD},,", r"Received: ',.* \(Expecting value\)"),
    "closed": (f"{GOOD}]5", r"Received: '5.* \(Extra data after the array\)"),
    "digits": ('{"a": ' + "1" * 5000 + "}", r"one array of JSON objects\. Received: .*4300 digits"),
    "depth": ("[" * 100_000, r"one array of JSON objects\. Received: '\[+' \(maximum recursion"),
    "no text": ('{"label": "x"}', r"must be a column 'text' .* Received: the columns 'label'\."),
    "null text": ('{"text": null, "label": "x"}', r"the text must be a string\. Rec.*text=None"),
    "float": (
        '{"text": "a", "label": 1.0}',
        r"the label must be one .* Received: label=1\.0\. .*=regression\.$",
    ),
}


@pytest.mark.parametrize(("item", "message"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_refused_with_file_and_row(item, message, tmp_path):
    with pytest.raises(ValueError, match=r"a\.json:3: .*" + message):
        read(tmp_path, f"[{GOOD},\n\n{item}\n, {GOOD}]")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[", r"a\.json:1: .* Received: the end of the file \(Expecting value\)\.$"),
        (f"[\n{GOOD},\n", r"a\.json:3: .* Received: the end of the file \(Expecting value\)\.$"),
        (f"[{GOOD}\n", r"a\.json:2: .* end of the file \(Expecting a comma or the end of the arr"),
        ("[]\n", r"a\.json: there must be at least one example"),
        ("[]\n1", r"a\.json:2: .* Received: '1' \(Extra data after the array\)"),
        ('{\n"data": []}', r"a\.json:1: each line must hold one JSON object\. Received: '\{'"),
    ],
    ids=["start", "cut", "not closed", "empty", "more", "object"],
)
def test_a_file_that_is_no_whole_array_is_refused(content, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        read(tmp_path, content)


def test_an_array_of_another_name_is_read_when_told(tmp_path):
    assert read(tmp_path, f"[{GOOD}]", "a.jsonl", format="json") == [("a", "x", 1)]
    with pytest.raises(ValueError, match=r"An array is read with --format=json\.$"):
        read(tmp_path, f"[{GOOD}]", "a.jsonl")
