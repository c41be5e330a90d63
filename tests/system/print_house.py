"""A real CUPS and a real IPP printer in a network of their own: nothing else hears of them, nothing real prints."""

from __future__ import annotations

import os
import plistlib
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

NEEDED = (
    *("unshare", "nsenter", "ip", "dbus-daemon", "avahi-daemon", "cupsd", "lpadmin", "lp", "ipptool", "ippeveprinter"),
    *("pdftoppm", "pdftotext", "pdffonts", "pdfinfo"),
)
QUEUE, SERVER, DEVICE = "vp", "127.0.0.1:6631", "ipp://localhost:8631/ipp/print"
A4, A5 = "iso_a4_210x297mm", "iso_a5_148x210mm"
PATIENCE_S = 20
AVAHI = """[server]
allow-interfaces=lo
use-ipv6=no
[wide-area]
enable-wide-area=no
"""
CUPSD = f"""Listen {SERVER}
LogLevel debug
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
FILES = """ServerRoot {0}/server
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/run
TempDir {0}/tmp
AccessLog {0}/log/access
ErrorLog {0}/log/error
PageLog {0}/log/page
"""


def absent() -> list[str]:
    """What this machine lacks for a print house."""
    search = os.pathsep.join((os.environ["PATH"], "/usr/sbin", "/sbin"))
    lacking = [name for name in NEEDED if shutil.which(name, path=search) is None]
    if os.geteuid() != 0:
        return [*lacking, "root"]
    alone = subprocess.run(["unshare", "-n", "-m", "true"], capture_output=True, check=False) if not lacking else None
    return lacking if alone is None or alone.returncode == 0 else ["network namespaces"]


def until(condition: Callable[[], object], what: str) -> None:
    """Look again and again until something holds; give up loudly."""
    limit = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > limit:
            raise TimeoutError(what)
        time.sleep(0.05)


class PrintHouse:
    """The daemons, begun one after the other; `close` ends them. Programs in `bin` speak with this CUPS alone."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="print-house-"))
        folder.chmod(0o755)  # CUPS's filters work as a user of their own
        self.folder, self.spool, self.bin = folder, folder / "received", folder / "bin"
        self._ends = ExitStack()
        self._ends.callback(shutil.rmtree, folder)
        self._printer: subprocess.Popen[bytes] | None = None
        self._scheduler: subprocess.Popen[bytes] | None = None
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End every daemon, and with the last the network."""
        self._ends.close()

    def enter(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        """Run a program inside."""
        return subprocess.run([*self._way, *words], capture_output=True, check=check, timeout=60, env=self.environment)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "CUPS_SERVER": SERVER, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin", "LC_ALL": "C"}

    def load(self, size: str, sheets: int = 250) -> None:
        """Put paper into the printer's tray, as somebody who stands before it."""
        page = f"http://localhost:8631/media?size1={size}&type1=stationery&level1={sheets}&size2=&type2=&level2=250"
        self.enter(sys.executable, "-c", f"import urllib.request as web; web.urlopen({page!r}).read()")

    def switch_on(self) -> None:
        """Start the printer; it keeps what it receives in `spool`."""
        formats = "application/pdf,image/jpeg,image/pwg-raster"
        words = ["-d", str(self.spool), "-k", "-2", "-f", formats, "-n", "localhost", "-p", "8631", "-r", "off"]
        words += ["-c", shutil.which("true") or "true"]  # else it pretends to print for 5 to 15 s
        self._printer = self._start("ippeveprinter", *words, "-s", "600,600", "Virtual")
        until(lambda: self.told("get-printer-attributes"), "the printer")
        self.load(A4)

    def switch_off(self) -> None:
        """Take the printer from the mains."""
        assert self._printer
        self._end(self._printer)

    def start_scheduler(self) -> None:
        """Start CUPS."""
        words = ["-f", "-c", str(self.folder / "cupsd.conf"), "-s", str(self.folder / "files.conf")]
        self._scheduler = self._start("cupsd", *words)
        until(lambda: b"is running" in self.enter("lpstat", "-r", check=False).stdout, "cupsd")

    def stop_scheduler(self) -> None:
        """End CUPS."""
        assert self._scheduler
        self._end(self._scheduler)

    def told(self, request: str, uri: str = DEVICE) -> dict[str, Any]:
        """What the printer answers to one of ipptool's own requests; empty if it doesn't."""
        done = self.enter("ipptool", "-X", "-T", "3", uri, f"{request}.test", check=False)
        try:
            groups = plistlib.loads(done.stdout)["Tests"][0]["ResponseAttributes"]
        except (ValueError, KeyError, IndexError, plistlib.InvalidFileException):
            return {}
        return {name: value for group in groups for name, value in group.items()}

    def received(self) -> list[Path]:
        """The documents that reached the printer, oldest first."""
        return sorted(self.spool.glob("*.pdf"), key=lambda path: int(path.name.split("-")[0]))

    def _open(self) -> None:
        for part in (
            self.spool,
            self.bin,
            *(self.folder / name for name in ("server", "spool", "cache", "run", "tmp", "log")),
        ):
            part.mkdir(parents=True)
            part.chmod(0o777)
        alone = "ip link set lo up && mount -t tmpfs tmpfs /run && mkdir /run/dbus && echo ready && exec cat"
        network = subprocess.Popen(
            ["unshare", "-n", "-m", "sh", "-c", alone], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._ends.callback(self._end, network)
        assert network.stdout
        assert network.stdout.readline() == b"ready\n"
        self._way = ["nsenter", "-t", str(network.pid), "-n", "-m"]
        self._start("dbus-daemon", "--system", "--nofork", "--nopidfile")
        until(lambda: self.enter("test", "-S", "/run/dbus/system_bus_socket", check=False).returncode == 0, "dbus")
        (self.folder / "avahi.conf").write_text(AVAHI)
        self._start(
            "avahi-daemon", "--no-drop-root", "--no-chroot", "--no-rlimits", "-f", str(self.folder / "avahi.conf")
        )
        until(lambda: self.enter("avahi-daemon", "--check", check=False).returncode == 0, "avahi")
        (self.folder / "cupsd.conf").write_text(CUPSD)
        (self.folder / "files.conf").write_text(FILES.format(self.folder))
        self.start_scheduler()
        self.switch_on()
        self.enter("lpadmin", "-p", QUEUE, "-E", "-v", DEVICE, "-m", "everywhere", "-D", "一楼打印机")
        for name in ("lp", "lpstat", "cancel", "ipptool"):
            (self.bin / name).write_text(f'#!/bin/sh\nexec {" ".join(self._way)} {shutil.which(name)} "$@"\n')
            (self.bin / name).chmod(stat.S_IRWXU)

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        log = (self.folder / "log" / f"{words[0]}.log").open("ab")
        started = subprocess.Popen(
            [*self._way, *words], stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self.environment
        )
        log.close()
        self._ends.callback(self._end, started)
        return started

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
