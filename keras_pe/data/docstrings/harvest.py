"""Reads docstrings out of Python source without running it."""

import ast
import warnings
from collections.abc import Iterator

_HAS_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_HOLDS_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)


def harvest_docstrings(source: bytes) -> Iterator[tuple[int, str]]:
    r"""Yields the docstrings of a module, its classes and its functions as they are written.

    Docstrings that numpy attaches to compiled objects with `add_newdoc(...)` count as well.

    Args:
        source: the content of a Python file, in the encoding that the file declares.

    Returns:
        Pairs (line from 1, docstring), in no particular order.

    Raises:
        SyntaxError: this Python cannot parse the source.

    Example:
        >>> list(harvest_docstrings(b"def f():\n    'Does nothing.'"))
        [(2, 'Does nothing.')]
    """
    with warnings.catch_warnings():
        # Invalid escapes in other people's code.
        warnings.simplefilter("ignore")
        module = ast.parse(source)
    for node in _statements(module):
        for text in _texts(node):
            yield text.lineno, text.value


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _HOLDS_STATEMENTS):
            yield from _statements(child)


def _texts(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, _HAS_DOCSTRING):
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and _is_text(first.value):
            yield first.value
    elif isinstance(node, ast.Expr) and _attaches_docstring(node.value):
        yield from _whole_texts(node.value)


def _whole_texts(node: ast.AST) -> Iterator[ast.Constant]:
    if _is_text(node):
        yield node
    # Of an f-string only fragments are known.
    elif not isinstance(node, ast.JoinedStr):
        for child in ast.iter_child_nodes(node):
            yield from _whole_texts(child)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _attaches_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id.startswith("add_newdoc")
    )
