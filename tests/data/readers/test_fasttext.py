import pytest

from keras_pe.data.readers import read_examples


def read(folder, content, name="a.ft", **settings):
    file = folder / name
    file.write_bytes(content.encode())
    return [(x.text, x.label, x.row) for x in read_examples(file, **settings)]


def test_lines_are_a_label_and_a_text(tmp_path):
    content = (
        "__label__wet Rain, again.\n\n__label__2\tSun \r\n"
        "__label__体育 北京队  赢了\n__label__none\n__label____label__x y\n"
    )
    assert read(tmp_path, content) == [
        ("Rain, again.", "wet", 1),
        ("Sun", "2", 3),
        ("北京队  赢了", "体育", 4),
        ("", "none", 5),
        ("y", "__label__x", 6),
    ]


def test_the_format_can_be_named(tmp_path):
    assert read(tmp_path, "__label__a b", "train.txt", format="fasttext") == [("b", "a", 1)]
    with pytest.raises(ValueError, match=r"train\.txt: .* or --format must tell the format"):
        read(tmp_path, "__label__a b", "train.txt")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Rain", r"must start with a label, as in `__label__name text`\. Received: 'Rain'"),
        ("Rain __label__wet", r"must start with a label.* Received: 'Rain __label__wet'"),
        ("__label__a __label__b Rain", r"label=\['a', 'b'\]\. .*=multi_label\.$"),
        ("__label__a Rain __label__b", r"must stand before the text\. .* 'Rain __label__b'\.$"),
        ("__label__ Rain", r"the label must not be empty\. Received: label=''"),
    ],
)
def test_what_has_no_label_or_several_is_refused(line, message, tmp_path):
    with pytest.raises(ValueError, match=r"a\.ft:2: .*" + message):
        read(tmp_path, f"__label__a b\n{line}\n")


def test_texts_without_labels_are_read_where_none_is_needed(tmp_path):
    content = "Rain again\n__label__dry Sun\na__label__b\n"
    expected = [("Rain again", None, 1), ("Sun", "dry", 2), ("a__label__b", None, 3)]
    assert read(tmp_path, content, labelled=False) == expected


@pytest.mark.parametrize("setting", ["text_column", "label_column"])
def test_columns_have_no_effect(setting, tmp_path):
    message = rf"`{setting}` has no effect on files of this kind\. Received: {setting}='a'"
    with pytest.raises(ValueError, match=message):
        read(tmp_path, "__label__a b", **{setting: "a"})
