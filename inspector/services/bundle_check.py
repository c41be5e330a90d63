"""核对证据包: runs the verifier that lies in every bundle on a ZIP file, in a process of its own.

The verifier shares no code with this program (resources/verify/bundle.py); here it is only started and its answer read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from inspector.errors import BundleUnreadable, Cancelled
from inspector.paths import RESOURCES

_VERIFIER: Final = RESOURCES / "verify" / "bundle.py"
_STEP_S: Final = 0.2
"""How soon a wish to stop is heard."""


@dataclass(frozen=True, slots=True)
class BundleFault:
    """What does not hold: where (a file of the bundle, or container), and what, in the verifier's own words."""

    where: str
    what: str


_OTHERS: Final = BundleFault("certificate.json", "of another headquarters")
"""What the verifier says where another headquarters than the named one signed; no byte need be changed for that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleCheck:
    """What the verifier said of a bundle, with its counts."""

    name: str
    faults: tuple[BundleFault, ...]
    files: int = 0
    size: int = 0
    originals: int = 0
    entries: int = 0
    entries_received: int = 0
    """Entries that headquarters has signed for."""
    is_ours: bool = True
    """Whether the headquarters that vouches for it is the one whose key was given."""

    @property
    def holds(self) -> bool:
        """Whether not a byte was changed."""
        return not self.faults


def check_bundle(file: Path, *, server_key: str = "", is_cancelled: Callable[[], bool] = lambda: False) -> BundleCheck:
    """Check a bundle; `server_key` is headquarters' public key as base64, where it is known from elsewhere.

    Raises Cancelled, BundleUnreadable (the file can't be opened, or the verifier did not answer).
    """
    if not file.is_file():
        raise BundleUnreadable(file=file.name, cause="no such file")
    # Frozen, sys.executable is this program, which knows the verifiers (packaging/programs/field_inspector.py).
    words = [sys.executable, "-I", str(_VERIFIER), str(file.resolve()), "--json"]
    process = subprocess.Popen(
        [*words, *(["--server-key", server_key] if server_key else [])],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with process:
        try:
            answer, trouble = _wait(process, is_cancelled)
        finally:
            process.kill()
    return _read(file.name, answer, trouble)


def _wait(process: subprocess.Popen[bytes], is_cancelled: Callable[[], bool]) -> tuple[bytes, bytes]:
    while True:
        if is_cancelled():
            raise Cancelled
        try:
            return process.communicate(timeout=_STEP_S)
        except subprocess.TimeoutExpired:
            continue


def _read(name: str, answer: bytes, trouble: bytes) -> BundleCheck:
    try:
        told: dict[str, Any] = json.loads(answer)
        faults = tuple(BundleFault(str(one["where"]), str(one["what"])) for one in told["faults"])
    except (ValueError, LookupError, TypeError) as error:
        last = trouble.decode("utf-8", "replace").strip().splitlines()[-1:] or [str(error)]
        raise BundleUnreadable(file=name, cause=last[0][:200]) from error
    return BundleCheck(
        name=name,
        faults=tuple(one for one in faults if one != _OTHERS),
        is_ours=_OTHERS not in faults,
        files=int(told.get("files", 0)),
        size=int(told.get("bytes", 0)),
        originals=int(told.get("originals", 0)),
        entries=int(told.get("entries", 0)),
        entries_received=int(told.get("entries_received", 0)),
    )
