import pytest

from keras_pe.data.docstrings.harvest import harvest_docstrings


def harvested(source):
    return sorted(harvest_docstrings(source.encode()))


def test_modules_classes_and_functions_have_docstrings():
    source = '''"""Of the module."""

class Ship:
    """Of the class."""

    def sail(self):
        """Of the method."""
        def steer():
            "Of the inner function."

async def drift():
    """Of the coroutine."""
'''
    assert harvested(source) == [
        (1, "Of the module."),
        (4, "Of the class."),
        (7, "Of the method."),
        (9, "Of the inner function."),
        (12, "Of the coroutine."),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "if True:",
        "try:\n  pass\nexcept ValueError:",
        "try:\n  pass\nfinally:",
        "for x in y:\n  pass\nelse:",
        "with x:",
        "match x:\n case 1:",
    ],
    ids=["if", "except", "finally", "else", "with", "case"],
)
def test_definitions_inside_other_statements_are_found(head):
    source = f"{head}\n  def sail():\n    'Text.'"
    assert [text for _, text in harvested(source)] == ["Text."]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x = 'No docstring.'",
        "def f():\n  x = 1\n  'Too late.'",
        "f'''Not {constant}.'''",
        "b'Bytes.'",
    ],
    ids=["empty", "assignment", "not first", "f-string", "bytes"],
)
def test_other_strings_are_no_docstrings(source):
    assert harvested(source) == []


@pytest.mark.parametrize(
    ("call", "texts"),
    [
        ("add_newdoc('m', 'f', 'Adds.')", ["Adds.", "f", "m"]),
        ("add_newdoc('m', 'f', ('g', 'Adds.'))", ["Adds.", "f", "g", "m"]),
        ("add_newdoc('m', 'f', 'Adds $it.'.replace('$it', it))", ["$it", "Adds $it.", "f", "m"]),
        ("add_newdoc_for_scalar_type('f', [], 'Adds.')", ["Adds.", "f"]),
        ("add_newdoc('m', 'f', f'Adds {it} again.')", ["f", "m"]),
        ("add_olddoc('m', 'f', 'Adds.')", []),
        ("x.add('m', 'f', 'Adds.')", []),
    ],
    ids=["text", "attribute", "template", "scalar", "f-string", "other function", "method"],
)
def test_docstrings_attached_to_compiled_objects_are_found(call, texts):
    assert sorted(text for _, text in harvested(call)) == texts


def test_the_declared_encoding_is_used():
    source = "# coding: latin-1\n'''Café.'''".encode("latin-1")
    assert list(harvest_docstrings(source)) == [(2, "Café.")]


def test_an_invalid_escape_in_a_file_does_not_warn():
    assert harvested("def f():\n  'A \\d digit.'") == [(2, "A \\d digit.")]


def test_a_file_that_python_cannot_parse_is_an_error():
    with pytest.raises(SyntaxError):
        harvested("print 'Python 2'")
