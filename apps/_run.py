"""Runs an app: faults of the user's become one sentence and an exit code, not a traceback."""

import logging
import os
import sys

from absl import app, flags

from keras_pe.files.remote_path import refuse_remote

from ._help import help_text

_WRITTEN = ("output_file", "saved_models", "runs")


def run(main, required=()):
    """Parses the flags and calls the app.

    Args:
        main: Function of the arguments that are no flags.
        required: Flags that must be given.
    """
    for name in required:
        flags.mark_flag_as_required(name)
    if set(sys.argv[1:]) & {"--help", "-help", "-h"}:
        print(help_text(main))
        return
    app.run(lambda argv: sys.exit(_guarded(main, argv)), flags_parser=_parse)


def refuse_arguments(arguments):
    """Raises `ValueError` if there are arguments that are no flags."""
    if arguments:
        raise ValueError(
            f"Arguments must be flags such as --name=value. Received: {arguments[0]!r}"
        )


def _parse(argv):
    try:
        return flags.FLAGS(argv)
    except flags.Error as error:
        print(f"{_name(argv)}: {error} See --help.", file=sys.stderr)
        sys.exit(2)


def _guarded(main, argv):
    # `force`: absl has installed a handler that puts date and source line before every message.
    logging.basicConfig(format="%(message)s", stream=sys.stderr, force=True)
    logging.getLogger("keras_pe").setLevel(logging.INFO)
    try:
        _refuse_remote_folders()
        main(argv[1:])
    except (ValueError, OSError, ImportError) as error:
        print(f"{_name(argv)}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as interrupt:
        print(f"{_name(argv)}: stopped. {interrupt}", file=sys.stderr)
        return 130
    return 0


def _refuse_remote_folders():
    given = flags.FLAGS.flag_values_dict().items()
    refuse_remote(**{name: value for name, value in given if name.endswith("_dir")})
    refuse_remote(**{name: value for name, value in given if name in _WRITTEN})


def _name(argv):
    return os.path.basename(argv[0]).removesuffix(".py")


def command(app_name):
    """Returns how a person starts another app: as a module, or as an installed command."""
    installed = f"keras-pe-{app_name.replace('_', '-')}"
    return f"python -m apps.{app_name}" if __package__ == "apps" else installed
