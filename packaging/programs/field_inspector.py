"""Where the frozen laptop program starts: puts the environment right, then does what main.py does.

Frozen, `sys.executable` is this program, so it also stands in for Python where ours starts one of its own workers
(whatever decodes strangers' files, `inspector.evidence.…worker`) or an independent verifier, and it alone knows
`--self-check`.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

BUNDLE = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))
VERIFIERS = BUNDLE / "resources" / "verify"
"""The independent scripts: they import nothing of ours and lie in the package as they are."""
WORKERS = "inspector.evidence."
"""Only modules below this package, and only those whose name ends in `worker`, are started by name."""
ALONE = ("-I", "-E", "-P", "-s", "-u", "-B")
"""Options of Python before a script or module that mean nothing here: a frozen program reads no variables of Python."""


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


def without_options(words: list[str]) -> list[str]:
    """Return the words without Python's own options before them."""
    first = next((place for place, word in enumerate(words) if word not in ALONE), len(words))
    return words[first:]


def script_asked_for(words: list[str]) -> list[str]:
    """Return [script, its words…] if the words are those that start a verifier, else nothing."""
    rest = without_options(words)
    return rest if rest and rest[0].endswith(".py") and Path(rest[0]).parent == VERIFIERS else []


def worker_asked_for(words: list[str]) -> list[str]:
    """Return [module, its words…] if the words start a worker, as `-m module` or by its file; else nothing."""
    rest = without_options(words)
    if len(rest) > 1 and rest[0] == "-m":
        name, rest = rest[1], rest[2:]
    elif rest and rest[0].endswith(".py") and Path(rest[0]).is_relative_to(BUNDLE):
        name, rest = ".".join(Path(rest[0]).relative_to(BUNDLE).with_suffix("").parts), rest[1:]
    else:
        return []
    return [name, *rest] if name.startswith(WORKERS) and name.endswith("worker") else []


def main(words: list[str]) -> int:
    """Run a worker, a verifier, the self-check, or the program; returns the exit code."""
    give_back_environment()
    worker = worker_asked_for(words)
    if worker:
        sys.argv = worker
        runpy.run_module(worker[0], run_name="__main__", alter_sys=True)
        return 0
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
