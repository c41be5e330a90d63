"""A headquarters in a process of its own, driven only by its commands, as an administrator would."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from inspector.errors import Offline

MAIN = Path(__file__).resolve().parents[2] / "main.py"
PROGRAM = "field-inspector-hq"
"""The program of headquarters' own package; the laptop's package holds no server."""
START_S = 60
STOP_S = 30


def program() -> list[str]:
    """Return the words that start headquarters: this checkout's, or the installed program where we are frozen.

    Raises Offline where the package of headquarters isn't installed.
    """
    if not getattr(sys, "frozen", False):
        return [sys.executable, str(MAIN), "hq"]
    found = shutil.which(PROGRAM)
    if found is None:
        raise Offline(cause=f"{PROGRAM} isn't on this computer: the sample day needs that package too")
    return [found]


class Headquarters:
    """One data folder; `url` is empty while it isn't served."""

    def __init__(self, data: Path, log: Path) -> None:
        self.data = data
        self.url = ""
        self._log = log
        self._process: subprocess.Popen[str] | None = None

    def command(self, *words: str) -> dict[str, Any]:
        """Run one `hq` command and return its answer. Raises Offline with what it said if it failed."""
        run = subprocess.run(
            [*program(), words[0], "--data", str(self.data), *words[1:]],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise Offline(cause=f"hq {words[0]}: {(run.stdout + run.stderr).strip()[-400:]}")
        answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
        return answer

    def start(self) -> str:
        """Serve on a free loopback port and return the address."""
        with self._log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [*program(), "serve", "--data", str(self.data)],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            self.stop()
            raise Offline(cause=f"headquarters did not start, see {self._log.name}")
        self.url = str(json.loads(line)["url"])
        return self.url

    def stop(self) -> None:
        """End the process in good order; a second call does nothing."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
        self._process, self.url = None, ""
