"""`main.py pack …`: build, check, compare and install law packs; for the legal office and administrators."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspector.errors import PackRefused

if TYPE_CHECKING:
    from inspector.law.pack import Pack

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_EITHER = click.Path(exists=True, path_type=Path)


@click.group("pack")
def packs() -> None:
    """法规包: law as data. A PACK is a folder or a signed file; no word for the one in use."""


@packs.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def key(out: Path) -> int:
    """Make a publisher's key in OUT and print its public half; laptops are told it with `pack install --publisher`."""
    import os

    from inspector.crypto.signing import KeyPair

    made = KeyPair.generate()
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made.private_bytes().hex() + "\n")
    click.echo(made.public.hex())
    return 0


@packs.command()
@click.argument("folder", type=_FOLDER)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The signed file to write.")
@click.option(
    "--key", "key_file", required=True, type=_FILE, help="Private key: `pack key`, or headquarters' server.key."
)
@click.option("--statutes", type=_FOLDER, default=None, help="Folder of Markdown statutes to put in.")
def build(folder: Path, out: Path, key_file: Path, statutes: Path | None) -> int:
    """Look a folder over and write it as a signed pack; every fault is told with its line, and nothing is written."""
    from inspector.crypto.signing import KeyPair
    from inspector.law import pack_archive
    from inspector.law.statutes import FILE

    extra: dict[str, bytes] = {}
    if statutes is not None:
        extra[FILE] = _statutes(statutes)
    pair = KeyPair.from_private(bytes.fromhex(key_file.read_text("ascii").strip()))
    try:
        told = pack_archive.build(folder, out, pair, extra=extra)
    except PackRefused as error:
        click.echo(str(error.facts["faults"]))
        return 1
    click.echo(f"{told.name} {told.version}: {len(told.files)} files, signed by {pair.public.hex()}")
    return 0


@packs.command()
@click.argument("pack", type=_EITHER, required=False)
@click.option("--publisher", default="", help="Public key in hex that must have signed it.")
def verify(pack: Path | None, publisher: str) -> int:
    """Check signature, digests, fields and references; exit code 1 and every fault with its line if one is wrong."""
    from inspector.law import pack_faults

    with _opened(pack) as looked_at:
        found = pack_faults.faults(looked_at)
        for each in found:
            click.echo(each.text())
        signer = looked_at.signer or "part of the program"
        click.echo(f"{looked_at.manifest.name} {looked_at.version}, signed by: {signer}")
        if publisher and looked_at.signer != publisher:
            click.echo("not signed by the key that was named")
            return 1
    click.echo("NOT WHOLE" if found else "whole")
    return 1 if found else 0


@packs.command()
@click.argument("old", type=_EITHER)
@click.argument("new", type=_EITHER)
def diff(old: Path, new: Path) -> int:
    """Print every record that was added, changed or taken away; exit code 1 if there is any."""
    from inspector.law import pack_diff

    with _opened(old) as before, _opened(new) as after:
        found = pack_diff.diff(before, after)
    for each in found:
        click.echo(each.text())
    click.echo(f"{len(found)} differences")
    return 1 if found else 0


@packs.command()
@click.argument("pack", type=_EITHER, required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def report(pack: Path | None, *, as_json: bool) -> int:
    """List every value that awaits legal confirmation 待法制确认."""
    from inspector.law import pack_report

    with _opened(pack) as looked_at:
        found = pack_report.unconfirmed(looked_at)
    for each in found:
        told = {"file": each.file, "id": each.id, "text": each.text, "why": each.why}
        click.echo(
            json.dumps(told, ensure_ascii=False) if as_json else f"{each.file} {each.id} {each.text}: {each.why}"
        )
    if not as_json:
        click.echo(f"{len(found)} values await confirmation")
    return 0


@packs.command()
@click.argument("pack", type=_EITHER, required=False)
@click.option("--statutes", required=True, type=_FOLDER, help="Folder of Markdown statutes to hold it against.")
def check(pack: Path | None, statutes: Path) -> int:
    """Hold every citation and amount of a pack against the statutes' texts; exit code 1 if one does not agree."""
    from inspector.law.pack_check import check_statutes
    from inspector.law.statute_text import read_folder

    versions, refused = read_folder(statutes)
    for each in refused:
        click.echo(f"not read: {each}")
    with _opened(pack) as looked_at:
        found = check_statutes(looked_at, versions)
    for each in found.unchecked:
        click.echo(f"not checked: {each.subject} {each.field} ({each.reason}): {each.said}")
    for each in found.mismatches:
        click.echo(f"does not agree: {each.subject} {each.field} ({each.kind}): {each.said} | {each.found}")
    click.echo(f"{found.places} places and {found.sums} sums proved; {len(found.unchecked)} could not be checked")
    click.echo(f"{len(found.mismatches)} do not agree")
    return 1 if found.mismatches else 0


@contextmanager
def _opened(named: Path | None) -> Generator[Pack]:
    """Open a folder, a signed file (laid out in a folder that goes again) or the pack in use."""
    import tempfile

    from inspector.law import pack, pack_archive

    if named is None:
        yield pack.current()
    elif named.is_dir():
        yield pack.Pack.open(named)
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield pack_archive.lay_out(pack_archive.read(named), Path(folder))


def _statutes(folder: Path) -> bytes:
    from inspector.law.statute_text import read_folder
    from inspector.law.statutes import encode

    versions, refused = read_folder(folder)
    for each in refused:
        click.echo(f"not read: {each}", err=True)
    return encode(versions)
