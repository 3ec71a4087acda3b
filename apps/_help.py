"""What `--help` prints: what the app does, a command that works, and its flags."""

import re
import sys
import textwrap

from absl import flags


def help_text(main):
    """Returns the docstring of an app and one entry per flag.

    absl lists the flags of the module that was started; an installed command starts another one.

    Args:
        main: The app's main function.
    """
    entries = [_entry(flag) for flag in _own_flags()]
    return "\n".join([_docstring(main), "", "Flags:", *entries])


def _docstring(main):
    text = sys.modules[main.__module__].__doc__.strip()
    return text if __package__ == "apps" else re.sub(r"python -m apps\.(\w+)", _installed, text)


def _installed(match):
    return f"keras-pe-{match[1].replace('_', '-')}"


def _own_flags():
    for module, own in flags.FLAGS.flags_by_module_dict().items():
        if not module.startswith("absl."):
            yield from own


def _entry(flag):
    default = "" if flag.default is None else f" (default: {flag.default_as_str.strip(chr(39))})"
    name = f"--[no]{flag.name}" if flag.boolean else f"--{flag.name}"
    return textwrap.fill(
        f"{name}: {flag.help}{default}",
        width=100,
        initial_indent="  ",
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )
