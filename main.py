"""Starts the program: no word opens the window, `hq …` is headquarters, `day` the sample day, others are commands."""

import gc
import os
import sys
from itertools import pairwise

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
NO_DISPLAY = (
    "没有显示器：无法打开窗口。命令行可用：main.py --help\nno display: the window cannot open; see main.py --help"
)


def asks_for_window(words: list[str]) -> bool:
    """Whether no command is named: only options, `--profile DIR` among them."""
    if {"-h", "--help", "--version"} & set(words):
        return False
    return all(word.startswith("-") or before == "--profile" for before, word in pairwise(["", *words]))


def main(words: list[str]) -> int:
    """Run what the words say; returns the exit code. `--profile DIR` may stand before a command."""
    if words[:1] == ["hq"]:
        from inspector.hq.cli import main as headquarters

        return headquarters(words[1:])
    if words[:1] == ["day"]:
        from inspector.demo.cli import main as field_day

        return field_day(words[1:])
    if not asks_for_window(words):
        from inspector.cli import main as command

        return command(words)
    if sys.platform == "linux" and not any(os.environ.get(name) for name in DISPLAYS):
        print(NO_DISPLAY, file=sys.stderr)
        return 2
    gc.disable()  # nothing to collect while the window is being loaded; ui.app turns it on again
    from ui import imports

    imports.plain()
    from ui.app import main as window

    return window(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
