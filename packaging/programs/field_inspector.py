"""Where the frozen laptop program starts: puts the environment right, then does what main.py does.

Frozen, `sys.executable` is this program, so it also stands in for Python where ours starts one of its own scripts
(the HEIC decoder, the independent verifier), and it alone knows `--self-check`.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

BUNDLE = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))
SCRIPTS = ("inspector/evidence/heif_worker.py", "resources/verify/verify.py")


def give_back_environment() -> None:
    """Let programs that we start (a PDF viewer, the printing commands) load the system's libraries, not ours.

    PyInstaller's start-up points LD_LIBRARY_PATH and QT_PLUGIN_PATH into the bundle; this process has used the first
    already and finds its Qt plugins beside its Qt libraries without the second.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    for name in ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        if os.environ.get(name, "").startswith(str(BUNDLE)):
            del os.environ[name]


def script_asked_for(words: list[str]) -> list[str]:
    """Return [script, its words…] if the words are those that start one of our own scripts, else nothing."""
    rest = words[1:] if words[:1] == ["-I"] else words
    if rest and Path(rest[0]) in {BUNDLE / script for script in SCRIPTS}:
        return rest
    return []


def main(words: list[str]) -> int:
    """Run a script of ours, the self-check, or the program; returns the exit code."""
    give_back_environment()
    script = script_asked_for(words)
    if script:
        sys.argv = script
        sys.path.insert(0, str(Path(script[0]).parent))
        runpy.run_path(script[0], run_name="__main__")
        return 0
    if words[:1] == ["--self-check"]:
        import self_check

        return self_check.main()
    from main import main as program

    return program(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
