"""The program: `linnet`, which is the same as `python -m bot`."""

import sys


def main() -> int:
    """Run the command line and return its exit code; Ctrl-C at any moment ends with 0.

    The rest of the program is imported in here, so that Ctrl-C is caught while it loads as well.
    """
    try:
        from bot import cli  # noqa: PLC0415  # see above

        return cli.main()
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
