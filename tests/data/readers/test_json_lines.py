import json

import pytest

from keras_pe.data.readers import read_examples

GOOD = '{"text": "a", "label": "x"}\n'


def read(folder, content, **settings):
    file = folder / "a.jsonl"
    file.write_bytes(content.encode())
    return [(x.text, x.label, x.row) for x in read_examples(file, **settings)]


@pytest.mark.parametrize(
    ("label", "expected"),
    [('"x"', "x"), ("3", "3"), ("-10", "-10"), ("true", "true"), ("false", "false"), ('"3"', "3")],
)
def test_a_label_becomes_the_string_that_stands_in_the_file(label, expected, tmp_path):
    assert read(tmp_path, f'{{"text": "a", "label": {label}}}') == [("a", expected, 1)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("\n" + GOOD + " \t\r\n" + GOOD, [("a", "x", 2), ("a", "x", 4)]),
        ("\ufeff" + GOOD.replace("\n", "\r\n") * 2, [("a", "x", 1), ("a", "x", 2)]),
        ('{"label": "x", "text": "a\x85\u2028b\\n", "id": [1]}', [("a\x85\u2028b\n", "x", 1)]),
        ('{"text": "", "label": "x"}', [("", "x", 1)]),
    ],
    ids=["blank lines", "mark and crlf", "other separators", "empty text"],
)
def test_lines_are_read_one_by_one(content, expected, tmp_path):
    assert read(tmp_path, content) == expected


def test_several_text_keys_are_joined(tmp_path):
    content = '{"title": "a", "body": "b", "label": "x"}\n{"title,body": "c", "label": "y"}'
    expected = [("a|b", "x", 1), ("c", "y", 2)]
    assert read(tmp_path, content, text_column="title,body", text_separator="|") == expected


def test_null_is_a_missing_label(tmp_path):
    content = GOOD + '{"text": "b", "label": null}'
    with pytest.raises(ValueError, match=r"a\.jsonl:2: the label must not be empty"):
        read(tmp_path, content)
    assert read(tmp_path, content, labelled=False)[1] == ("b", None, 2)


BAD = {
    "array": (
        "[1, 2]",
        r"hold one JSON object\. Received: '\[1, 2\]'\. An array is read with --format=json\.$",
    ),
    "cut array": (
        "[",
        r"one JSON object\. Received: '\[' \(Expecting value: character 2\)\. An array is read",
    ),
    "string": ('"a"', r"one JSON object\. Received: '\"a\"'\.$"),
    "single quotes": ("{'text': 1}", r"one JSON object\. Received: .* \(Expecting property name"),
    "cut": ('{"text": "a"', r"one JSON object\. Received: "),
    "digits": ('{"a": ' + "1" * 5000 + "}", r"one JSON object\. Received: .*4300 digits"),
    "depth": ("[" * 100_000, r"one JSON object\. Received: '\[+' \(maximum recursion depth"),
    "no label": (
        '{"text": "a"}',
        r"there must be a column 'label' for `label_column`\. .* 'text'\.",
    ),
    "no text": (
        '{"label": "x"}',
        r"there must be a column 'text' for `text_column`\. .* 'label'\.",
    ),
    "empty": ("{}", r"there must be a column 'text' .* Received: the columns none\."),
    "null text": (
        '{"text": null, "label": "x"}',
        r"the text must be a string\. Received: text=None",
    ),
    "number text": ('{"text": 3, "label": "x"}', r"the text must be a string\. Received: text=3"),
    "float": (
        '{"text": "a", "label": 1.0}',
        r"the label must be one .* Received: label=1\.0\. .*=regression\.$",
    ),
    "nan": (
        '{"text": "a", "label": NaN}',
        r"the label must be one .* Received: label=nan\. .*=regression\.$",
    ),
    "object": ('{"text": "a", "label": {}}', r"the label must be one .* Received: label=\{\}\.$"),
    "list": (
        '{"text": "a", "label": ["x", "y"]}',
        r"label=\['x', 'y'\]\. Several labels per text are learned with .*=multi_label\.$",
    ),
}


@pytest.mark.parametrize(("line", "message"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_refused_with_file_and_row(line, message, tmp_path):
    with pytest.raises(ValueError, match=r"a\.jsonl:3: .*" + message):
        read(tmp_path, GOOD + "\n" + line + "\n" + GOOD)


@pytest.mark.parametrize("depth", range(700, 1000, 20))
def test_a_deep_text_is_refused_without_being_printed(depth, tmp_path):
    content = '{"text": ' + "[" * depth + "]" * depth + ', "label": "x"}'
    with pytest.raises(ValueError, match=r"a\.jsonl:1: ") as caught:
        read(tmp_path, content)
    assert len(str(caught.value)) < 400 + len(str(tmp_path))


def test_whatever_json_writes_is_read_back(tmp_path):
    texts = ['"', "\\", "\0", "\x85", "\n", "é体😀", "</script>", " "]
    for ascii_only in (True, False):
        lines = [json.dumps({"text": t, "label": t + "x"}, ensure_ascii=ascii_only) for t in texts]
        read_back = read(tmp_path, "\n".join(lines))
        assert read_back == [(t, t + "x", row) for row, t in enumerate(texts, start=1)]
