"""The program ``yangjae``, as ``yangjae`` or ``python -m yangjae``."""

import signal
import sys

from yangjae import _native


def main() -> int:
    """Does what the command line asks; gives the exit status."""
    # The program ends a run cleanly by itself when it is interrupted.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _native.main(["yangjae", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
