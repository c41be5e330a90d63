"""A CUPS that a test plays: lp, lpstat, cancel and ipptool as small programs on PATH, their state in one file."""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

PROGRAM = '''#!{python}
"""lp, lpstat, cancel or ipptool, by the name under which it is called."""
import json, pathlib, plistlib, sys

FOLDER = pathlib.Path(__file__).parent
state = json.loads((FOLDER / "state.json").read_text())
name, words = pathlib.Path(sys.argv[0]).name, sys.argv[1:]


def keep():
    (FOLDER / "state.json").write_text(json.dumps(state))


def lpstat():
    if "-d" in words:
        print("system default destination: vp")
    else:
        print("127.0.0.1:6631\\nscheduler is" + (" running" if state["runs"] else " not running"))


def lp():
    if not state["runs"] or words[words.index("-d") + 1] != "vp":
        sys.exit("lp: Error - The printer or class does not exist.")
    n = len(state["jobs"]) + 1
    (FOLDER / f"{{n}}.pdf").write_bytes(sys.stdin.buffer.read())
    state["jobs"].append(words)
    keep()
    print(f"request id is vp-{{n}} (0 file(s))")


def cancel():
    state["cancelled"] += words
    keep()


def attributes(uri, request):
    if request == "printers":
        return [{{"printer-name": "vp"}}]
    if "/printers/" in uri and not uri.endswith("/vp"):
        return []
    at_work = state["jobs"] and state["scenes"]
    if request == "printer":
        reason = state["scenes"][0] if at_work else "none"
        return [{{
            "printer-info": "一楼打印机", "printer-state": 4 if at_work else 3, "printer-state-reasons": reason,
            "printer-is-accepting-jobs": True, "sides-supported": ["one-sided", "two-sided-long-edge"],
            "media-ready": state["trays"], "device-uri": "ipp://127.0.0.1:8631/ipp/print",
        }}]
    if state["cancelled"]:
        return [{{"job-state": 7, "job-media-sheets-completed": 0}}]
    if at_work:
        return [{{"job-state": 5, "job-media-sheets-completed": 99}}]
    return {{"completed": [{{"job-state": 9}}], "aborted": [{{"job-state": 8}}], "forgotten": []}}[state["end"]]


def ipptool():
    if words == ["--version"]:
        return print("CUPS v2.4.2")
    uri, request = words[-2], pathlib.Path(words[-1]).stem
    answer = attributes(uri, request)
    if request == "printer" and "/ipp/print" in uri and state["jobs"] and state["scenes"]:
        state["scenes"].pop(0)  # asked last in each look
        keep()
    test = {{"ResponseAttributes": [{{"attributes-charset": "utf-8"}}, *answer]}}
    sys.stdout.buffer.write(plistlib.dumps({{"Tests": [test]}}))


{{"lp": lp, "lpstat": lpstat, "cancel": cancel, "ipptool": ipptool}}[name]()
'''


@dataclass(frozen=True)
class PrintedJob:
    """What lp was given."""

    words: list[str]
    document: bytes

    def option(self, name: str) -> str:
        return self.words[self.words.index(name) + 1]


class Spool:
    """One scheduler with one printer, vp, that says A4 is loaded and prints whatever it gets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._write(runs=True, jobs=[], cancelled=[], scenes=[], end="completed", trays=["iso_a4_210x297mm"])
        program = folder / "program"
        program.write_text(PROGRAM.format(python=sys.executable), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        for name in ("lp", "lpstat", "cancel", "ipptool"):
            (folder / name).symlink_to(program)

    @property
    def path(self) -> str:
        """PATH with these programs first."""
        return f"{self.folder}{os.pathsep}{os.environ['PATH']}"

    @property
    def jobs(self) -> list[PrintedJob]:
        """What was printed, in order."""
        return [
            PrintedJob(words, (self.folder / f"{n}.pdf").read_bytes()) for n, words in enumerate(self._read("jobs"), 1)
        ]

    @property
    def cancelled(self) -> list[str]:
        """The jobs that were taken back."""
        return self._read("cancelled")

    def plays(self, *reasons: str, end: str = "completed") -> None:
        """While a job is at work, each look sees the next of `reasons`; then it is completed, aborted or forgotten."""
        self._write(scenes=list(reasons), end=end)

    def holds(self, size: str) -> None:
        """Put other paper into the tray."""
        self._write(trays=[size])

    def stop(self) -> None:
        """End the scheduler."""
        self._write(runs=False)

    def _read(self, name: str) -> list:
        return json.loads((self.folder / "state.json").read_text())[name]

    def _write(self, **changes: object) -> None:
        file = self.folder / "state.json"
        kept = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(kept | changes))
