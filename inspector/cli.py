"""The commands of the laptop: what a script or an administrator may ask without the window."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspector.errors import InspectorError, NotFound, ProfileMissing
from inspector.notice_cli import notices
from inspector.pack_cli import packs
from inspector.paths import default_profile
from inspector.version import VERSION

if TYPE_CHECKING:
    from inspector.app import App
    from inspector.services.bundle import Bundling
    from inspector.sync.progress import SyncProgress, SyncReport

PASSPHRASE_VARIABLE = "FIELD_INSPECTOR_PASSPHRASE"  # noqa: S105 - the name of a variable
_user = click.option("--user", default="", help="Id or name of the officer; needed where several share the laptop.")
_passphrase = click.option(
    "--passphrase",
    envvar=PASSPHRASE_VARIABLE,
    prompt="Passphrase",
    hide_input=True,
    help=f"Better asked for, or given in {PASSPHRASE_VARIABLE}: a command line can be read by others.",
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="More: `day --help` (the sample day), `hq --help` (headquarters).",
)
@click.version_option(VERSION, prog_name="field-inspector")
@click.option(
    "--profile",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of the profile to use instead of this computer's ordinary one.",
)
@click.pass_context
def program(context: click.Context, profile: Path | None) -> None:
    """现场执法: field enforcement without a network. No command opens the window."""
    context.obj = profile or default_profile()


@program.command()
@_user
@_passphrase
@click.option("--stills", is_flag=True, help="Take every still out of its footage once more and compare each pixel.")
@click.pass_obj
def verify(profile: Path, user: str, passphrase: str, *, stills: bool) -> int:
    """Replay the journal, compare every row, read every file back; exit code 1 on any fault."""
    with _unlocked(profile, user, passphrase) as app:
        found = app.audit.verify()
        compared = app.stills.check_all() if stills else []
    click.echo(f"entries {found.entries}, files {found.blobs} ({found.blob_bytes:,} bytes)")
    for name in found.found_files:
        click.echo(f"found file, named by no entry: {name}")
    for fault in found.faults:
        click.echo(f"fault at {fault.where}: {fault.what}")
    if stills:
        click.echo(f"stills {len(compared)}, same as their footage {sum(one.is_same for one in compared)}")
    others = [one for one in compared if not one.is_same]
    for one in others:
        click.echo(f"fault at still {one.evidence_id}: {one.detail}")
    is_clean = found.is_clean and not others
    click.echo("clean" if is_clean else "NOT CLEAN")
    return 0 if is_clean else 1


@program.command()
@_user
@_passphrase
@click.pass_obj
def sync(profile: Path, user: str, passphrase: str) -> int:
    """Send everything to headquarters and fetch what is new; exit code 0 only if the laptop may be handed over."""
    with _unlocked(profile, user, passphrase) as app:
        report = app.sync.run(_show_progress)
    click.echo("", err=True)
    _show_report(report)
    return 0 if report.is_handover_ready else 1


@program.command()
@click.option("--inspection", required=True, help="Id of the inspection (the window shows it, too).")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The new ZIP file.")
@_user
@_passphrase
@click.pass_obj
def export(profile: Path, inspection: str, out: Path, user: str, passphrase: str) -> int:
    """Write one inspection as a bundle that anybody can check: originals, notices, entries, signatures, verify.py."""
    with _unlocked(profile, user, passphrase) as app:
        done = app.bundles.write(inspection, out, progress=_show_bundling)
    click.echo(f"\r{out.name}: {done.files} files, {done.entries} entries, {done.size:,} bytes\x1b[K")
    click.echo(f"sha256 {done.sha256}\ncheck it with: verify-bundle {out}")
    return 0


@program.command("verify-bundle")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--server-key", default="", help="Headquarters' public key as base64, known from elsewhere.")
def verify_bundle(file: Path, server_key: str) -> int:
    """Check a bundle with the verifier that lies in every bundle; exit code 1 if a byte was changed."""
    import runpy

    from inspector.paths import RESOURCES

    verifier = runpy.run_path(str(RESOURCES / "verify" / "bundle.py"))
    return int(verifier["main"]([str(file), *(["--server-key", server_key] if server_key else [])]))


@program.command("reset-passphrase")
@_user
@click.option("--code", prompt="Recovery code (from the bureau's safe)", help="The profile's recovery code.")
@click.option("--new-passphrase", prompt="New passphrase", hide_input=True, confirmation_prompt=True)
@click.option("--new-pin", prompt="New PIN (6 digits)", hide_input=True, confirmation_prompt=True)
@click.pass_obj
def reset_passphrase(profile: Path, user: str, code: str, new_passphrase: str, new_pin: str) -> int:
    """Give an officer who forgot the passphrase a new one; everything stored stays."""
    from inspector.profile import Account
    from inspector.profile import reset_passphrase as reset

    account = Account(officer_id=_user_id(profile, user), passphrase=new_passphrase, pin=new_pin)
    reset(profile, code, account)
    click.echo("done: the old passphrase and PIN open nothing any more")
    return 0


@program.group()
def evidence() -> None:
    """What can be told of photos and footage; needs no profile."""


@evidence.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def probe(files: tuple[Path, ...]) -> int:
    """Print one line of JSON a file: digests, kind, time, place, camera, size, or why it would be refused."""
    import json

    from inspector.evidence.probe import probe as tell

    for path in files:
        line = json.dumps(tell(path).told(), ensure_ascii=False)
        # A name that is no UTF-8 goes out as JSON's own escapes of its lone surrogates, so that every line is UTF-8.
        click.echo(line.encode("utf-8", "backslashreplace"))
    return 0


program.add_command(packs)
program.add_command(notices)


@packs.command("install")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--publisher", default="", help="Public key in hex to trust for this pack, beside headquarters'.")
@_user
@_passphrase
@click.pass_obj
def install_pack(profile: Path, file: Path, publisher: str, user: str, passphrase: str) -> int:
    """Install a signed pack in a profile; open drafts keep the pack they began with."""
    with _unlocked(profile, user, passphrase) as app:
        app.packs.install(file, publisher=publisher)
        for one in app.packs.known():
            told = one.problem or ("in use" if one.is_in_use else "")
            click.echo(f"{one.version}  {one.name}  {one.unconfirmed} await confirmation  {told}")
    return 0


@notices.command()
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The HTML file to write.")
@_user
@_passphrase
@click.pass_obj
def verifier(profile: Path, out: Path, user: str, passphrase: str) -> int:
    """Write the page with which anybody checks this laptop's notices, on any computer, without a network."""
    from inspector.crypto.verifier_page import page

    with _unlocked(profile, user, passphrase) as app:
        text = page({app.office.issuer_name: app.public_key})
    out.write_text(text, "utf-8")
    click.echo(f"{out}: {len(text.encode()):,} bytes")
    return 0


@contextmanager
def _unlocked(profile: Path, user: str, passphrase: str) -> Iterator[App]:
    from inspector.app import unlock

    app = unlock(profile, _user_id(profile, user), passphrase)
    try:
        yield app
    finally:
        app.close()


def _user_id(profile: Path, user: str) -> str:
    from inspector.profile import describe

    card = describe(profile)
    if card is None:
        raise ProfileMissing(folder=str(profile))
    if not user and len(card.users) > 1:
        names = " | ".join(one.name for one in card.users)
        raise click.UsageError(f"several officers share this laptop; name one: --user {names}")
    fitting = [one.id for one in card.users if not user or user in {one.id, one.name}]
    if not fitting:
        raise NotFound(kind="account", id=user)
    return fitting[0]


def _show_progress(now: SyncProgress) -> None:
    lanes = "  ".join(f"{lane.lane} {lane.done}/{lane.total}" for lane in now.lanes)
    left = f"  {now.remaining_s} s left" if now.remaining_s is not None else ""
    click.echo(f"\r{now.stage:<10} {lanes}  {now.rate:,} B/s{left}\x1b[K", err=True, nl=False)


def _show_bundling(now: Bundling) -> None:
    click.echo(f"\r{now.done:,} of {now.total:,} bytes  {now.name}\x1b[K", err=True, nl=False)


def _show_report(report: SyncReport) -> None:
    waiting = report.backlog
    click.echo(f"state {report.state}" + (f" ({report.error})" if report.error else ""))
    click.echo(f"sent entries {report.sent_entries}, files {report.sent_files}, bytes {report.sent_bytes:,}")
    click.echo(f"receipts {report.receipts}, records from headquarters {report.adopted}, numbers {report.leased}")
    click.echo(
        f"only on this laptop: entries {waiting.entries}, notices {waiting.notices}, photos {waiting.photos}, "
        f"clips {waiting.footage}, "
        f"bytes of files {waiting.files_bytes:,}"
    )
    for refused in report.refused:
        click.echo(f"refused: {refused.kind} {refused.ref} {refused.why}")
    click.echo(f"可以交接 ready to hand over: {'yes' if report.is_handover_ready else 'no'}")


def main(words: list[str]) -> int:
    """Run one command; returns its exit code: 0 done, 1 not as it should be (expected errors too), 2 misuse."""
    try:
        result = program.main(args=words, prog_name=Path(sys.argv[0]).name, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return 2
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except click.Abort:
        return 130
    except InspectorError as error:
        click.echo(str(error), err=True)
        return 1
    return result if isinstance(result, int) else 0
