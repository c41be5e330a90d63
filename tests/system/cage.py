"""A bare Debian in a folder of its own, into which packages are installed as on an administrator's desk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "package"
RELEASE = "bookworm"
USER, HOME = "tester", "/srv/tester"
DEBIAN = re.compile(r"(?m)^(?:URIs: *|deb +(?:\[[^]]*\] +)?)(\S+/debian/?)(?= |$)")


class Cage:
    """One such Debian; commands run in it as root or as an ordinary user."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / HOME.strip("/")

    def words(self, *command: str, user: str = "root", env: Mapping[str, str] | None = None) -> list[str]:
        """Return the words that run a command in it, in the user's home; of our environment only proxies go in."""
        home = "/root" if user == "root" else HOME
        known = {"HOME": home, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", **(env or {})}
        known |= {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        pairs = [f"{name}={value}" for name, value in known.items()]
        return ["chroot", f"--userspec={user}", str(self.root), "env", "-i", "-C", home, *pairs, *command]

    def run(
        self, *command: str, user: str = "root", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        words = self.words(*command, user=user, env=env)
        return subprocess.run(words, capture_output=True, text=True, check=False, timeout=900)

    def apt(self, *command: str) -> str:
        """Run apt-get; return what it said. AssertionError with that if it failed."""
        frontend = {"DEBIAN_FRONTEND": "noninteractive"}
        done = self.run("apt-get", "-q", "-y", "--no-install-recommends", *command, env=frontend)
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        return done.stdout

    def install(self, *packages: Path) -> str:
        """Let apt install package files."""
        for package in packages:
            shutil.copyfile(package, self.root / package.name)
        said = self.apt("install", *(f"/{package.name}" for package in packages))
        for package in packages:
            (self.root / package.name).unlink()
        return said

    def copy(self, root: Path) -> Cage:
        """Return a second one with everything that is in this one."""
        subprocess.run(["cp", "-a", "--reflink=auto", str(self.root), str(root)], check=True)
        return Cage(root)


def why_not() -> str:
    """Return what this machine lacks for a bare Debian; empty when it has all."""
    lacking = [tool for tool in ("debootstrap", "dpkg-deb", "objdump", "chroot", "tar") if shutil.which(tool) is None]
    if os.name != "posix" or os.geteuid() != 0:
        lacking.append("root")
    if not mirror():
        lacking.append("a Debian mirror in apt's sources")
    return ", ".join(lacking)


def mirror() -> str:
    """Return the mirror that this machine's apt uses for Debian; empty if none."""
    folder = Path("/etc/apt")
    for file in [folder / "sources.list", *sorted(folder.glob("sources.list.d/*.sources"))]:
        found = DEBIAN.search(file.read_text(encoding="utf-8")) if file.is_file() else None
        if found:
            return found[1]
    return ""


def bare(root: Path, release: str = RELEASE) -> Cage:
    """Unpack a bare Debian in `root`; made once and kept. OSError with the reason if it can't be had."""
    kept = KEPT / f"{release}.tar"
    if not kept.is_file():
        KEPT.mkdir(parents=True, exist_ok=True)
        made = root.with_name(f"{root.name}-making")
        words = ["debootstrap", "--variant=minbase", release, str(made), mirror()]
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=900)
        if done.returncode:
            raise OSError(f"debootstrap: {(done.stdout + done.stderr)[-500:]}")
        partial = kept.with_suffix(".partial")
        subprocess.run(["tar", "--numeric-owner", "--exclude=./var/cache/apt/archives/*.deb", "-cf", str(partial),
                        "-C", str(made), "."], check=True)  # fmt: skip
        partial.replace(kept)
        shutil.rmtree(made)
    root.mkdir()
    subprocess.run(["tar", "--numeric-owner", "-xpf", str(kept), "-C", str(root)], check=True)
    cage = Cage(root)
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(f"/etc/{name}", root / "etc" / name)
    if cage.run("apt-get", "-q", "update").returncode:
        raise OSError("the mirror does not answer")
    assert cage.run("useradd", "--create-home", "--home-dir", HOME, USER).returncode == 0
    return cage
