"""The names in a literal table, read without importing what the table builds."""

import ast
import functools
import pathlib

PACKAGE = pathlib.Path(__file__).parent.parent


@functools.cache
def table_names(module, table):
    """Returns the keys of a dict literal at the top of one of our modules.

    `--help` and a mistyped name must answer at once, so they cannot import Keras to see what there
    is.

    Args:
        module: str. Path of the file inside the package.
        table: str. Name the dict is assigned to.

    Returns:
        Tuple of str, in the order of the source.

    Raises:
        LookupError: If the module assigns no dict literal to that name.

    Example:
        >>> "sinusoidal" in table_names("models/positions.py", "POSITIONS")
        True
    """
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if table in names:
                return tuple(ast.literal_eval(key) for key in node.value.keys)
    raise LookupError(f"{module} must assign a dict literal to `{table}`.")
