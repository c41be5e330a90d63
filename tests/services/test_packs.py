"""Law packs on a laptop: signed, refused whole, side by side, and a draft that keeps the one it began with."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from inspector.app import App, unlock
from inspector.crypto.signing import KeyPair
from inspector.errors import NotAllowed, PackDamaged, PackRefused, PackUntrusted
from inspector.law import catalogue, pack, pack_archive
from tests.builders import PASSPHRASE, ZHANG, FakeClock
from tests.services.conftest import Desk

KEY = KeyPair.generate()
NEXT = "2026-12-01"


@pytest.fixture(autouse=True)
def packs_as_before():
    yield
    pack.know((), pack.builtin()[-1].manifest.effective_from)


def folder(tmp_path: Path, *, version: str = NEXT, title: str = "未建立制度（新）") -> Path:
    """A newer pack: one item has another title."""
    made = Path(shutil.copytree(pack.builtin()[-1].folder, tmp_path / f"pack-{version}"))
    manifest = json.loads((made / pack.MANIFEST).read_text("utf-8")) | {"version": version}
    (made / pack.MANIFEST).write_text(json.dumps(manifest), "utf-8")
    told = json.loads((made / "catalogue.json").read_text("utf-8"))
    told["items"][0]["title_zh"] = title
    (made / "catalogue.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return made


def archive(tmp_path: Path, **how: str) -> Path:
    out = tmp_path / "new.fipack"
    pack_archive.build(folder(tmp_path, **how), out, KEY)
    return out


def installed(app: App, file: Path) -> None:
    app.packs.install(file, publisher=KEY.public.hex())


def title() -> str:
    return catalogue.load().get("AQ-001").title


def test_a_signed_pack_is_taken_in_and_used(desk: Desk, tmp_path: Path) -> None:
    before = title()
    installed(desk.app, archive(tmp_path))
    assert (pack.version(), title()) == (NEXT, "未建立制度（新）")
    told = desk.app.packs.known()
    assert (told[0].version, told[0].is_in_use) == (NEXT, True)
    assert told[0].install is not None
    assert told[0].install.signer == KEY.public.hex()
    assert told[0].unconfirmed > 0
    with pack.using(pack.builtin()[-1].version):
        assert title() == before
    assert desk.app.audit.verify().faults == ()


def test_it_is_there_after_the_next_unlock(profile: Path, tmp_path: Path) -> None:
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    installed(app, archive(tmp_path))
    app.close()
    pack.know((), pack.builtin()[-1].manifest.effective_from)
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    assert pack.version() == NEXT
    app.close()


def test_nobody_we_trust_signed_it(desk: Desk, tmp_path: Path) -> None:
    file = archive(tmp_path)
    with pytest.raises(PackUntrusted) as caught:
        desk.app.packs.install(file)
    assert caught.value.facts == {"signer": KEY.public.hex()}
    assert (pack.version(), len(desk.app.packs.known())) == (pack.builtin()[-1].version, len(pack.builtin()))


def test_the_same_version_is_not_taken_twice(desk: Desk, tmp_path: Path) -> None:
    installed(desk.app, archive(tmp_path))
    with pytest.raises(NotAllowed, match="same_version"):
        installed(desk.app, tmp_path / "new.fipack")


def test_a_pack_with_a_fault_is_not_even_written(tmp_path: Path) -> None:
    made = folder(tmp_path)
    text = (made / "rules.json").read_text("utf-8")
    (made / "rules.json").write_text(text.replace('"severity": "error"', '"severity": "fatal"', 1), "utf-8")
    line = text.count("\n", 0, text.index('"severity": "error"')) + 1
    with pytest.raises(PackRefused) as caught:
        pack_archive.build(made, tmp_path / "new.fipack", KEY)
    assert str(caught.value.facts["faults"]).startswith(f"rules.json:{line}: ")
    assert not list(tmp_path.glob("*.fipack*"))


def test_every_flipped_byte_of_an_archive_is_found(desk: Desk, tmp_path: Path) -> None:
    file = archive(tmp_path)
    whole = file.read_bytes()
    step = max(1, len(whole) // 150)
    for place in range(0, len(whole), step):
        spoiled = bytearray(whole)
        spoiled[place] ^= 0x20
        file.write_bytes(spoiled)
        try:
            told = pack_archive.read(file)
        except PackDamaged:
            continue
        # The flip lies in what a ZIP says beside its content (dates, attributes): the content is what was signed.
        file.write_bytes(whole)
        assert told == pack_archive.read(file)
    assert pack.version() != NEXT


@pytest.mark.parametrize("name", ["../evil.json", "/etc/evil", ".hidden", "sub/other.json"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    file = archive(tmp_path)
    with zipfile.ZipFile(file, "a") as opened:
        opened.writestr(name, b"{}")
    with pytest.raises(PackDamaged, match="name"):
        pack_archive.read(file)


def test_an_installed_pack_that_was_changed_on_the_disk_is_not_used(desk: Desk, tmp_path: Path) -> None:
    installed(desk.app, archive(tmp_path))
    (kept,) = (desk.app.profile / "packs").iterdir()
    (kept / "rules.json").write_bytes((kept / "rules.json").read_bytes().replace(b"error", b"Error", 1))
    assert desk.app.packs.load() == (NEXT,)
    assert pack.version() == pack.builtin()[-1].version
    assert desk.app.packs.known()[0].problem == "digest"


def test_a_pack_that_begins_later_waits(desk: Desk, tmp_path: Path) -> None:
    made = folder(tmp_path, version="2027-01-01")
    manifest = json.loads((made / pack.MANIFEST).read_text("utf-8")) | {"effective_from": "2027-01-01"}
    (made / pack.MANIFEST).write_text(json.dumps(manifest), "utf-8")
    pack_archive.build(made, tmp_path / "later.fipack", KEY)
    installed(desk.app, tmp_path / "later.fipack")
    assert pack.version() == pack.builtin()[-1].version
    assert desk.app.packs.known()[0].version == "2027-01-01"
    assert pack.on(pack.known()[-1].manifest.effective_from).version == "2027-01-01"
