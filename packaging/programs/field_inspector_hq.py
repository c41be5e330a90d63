"""Where the frozen headquarters program starts: the commands of `main.py hq` without the first word."""

from __future__ import annotations

import sys

from inspector.hq.cli import hq, main

if __name__ == "__main__":
    hq.name = "field-inspector-hq"
    sys.exit(main(sys.argv[1:]))
