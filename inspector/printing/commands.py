"""Runs the programs of CUPS: no shell, no temporary file, a time limit on each, English answers."""

from __future__ import annotations

import os
import plistlib
import subprocess
from dataclasses import dataclass
from typing import Any, Final, cast

from inspector import mainthread
from inspector.paths import RESOURCES

ANSWER_S: Final = 10
"""Seconds a scheduler on this computer may take to answer; it takes milliseconds."""
HANDOVER_S: Final = 120
"""Seconds to take over a document: it is only copied into the spool."""
_DEVICE_S: Final = 2
"""Seconds a printer may take to say how it is; then it counts as not answering."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a program answered; `code` is None if it is not installed or took too long."""

    code: int | None
    out: str
    wrong: str = ""


def run(*words: str, given: bytes = b"", limit_s: float = ANSWER_S) -> Told:
    """Run a program with `given` as its input. Never raises for what the program does."""
    mainthread.refuse("print")
    try:
        done = subprocess.run(
            words, input=given, capture_output=True, timeout=limit_s, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Told(None, "", str(error))
    return Told(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def ask(uri: str, request: str, *, is_device: bool = False, **facts: str) -> list[dict[str, Any]] | None:
    """Return the groups of attributes that answer `request` (resources/printing); None if nobody answers.

    An answer that says no ("not found") is an empty list. `is_device` asks a printer itself, with little patience.
    """
    limit = _DEVICE_S if is_device else ANSWER_S
    given = [word for name, value in facts.items() for word in ("-d", f"{name}={value}")]
    file = RESOURCES / "printing" / f"{request}.test"
    told = run("ipptool", "-X", "-T", str(limit), *given, uri, str(file), limit_s=limit + 1)
    if told.code is None:
        return None
    try:
        (test,) = plistlib.loads(told.out.encode())["Tests"]
        groups = cast("list[dict[str, Any]]", test["ResponseAttributes"])
    except (ValueError, KeyError, TypeError, plistlib.InvalidFileException):
        return None  # no connection: ipptool prints an empty list of tests, or half a document
    return groups[1:]  # the first group is about the answer itself
