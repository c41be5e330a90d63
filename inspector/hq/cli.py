"""The commands of headquarters: main.py hq …"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from inspector import log
from inspector.errors import InspectorError
from inspector.hq import check as checking
from inspector.hq import export as exporting
from inspector.hq import register
from inspector.hq.problem import Refusal
from inspector.hq.service import HqService

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
data_option = click.option("--data", required=True, type=_FOLDER, help="Folder of this headquarters.")


@click.group(name="hq")
def hq() -> None:
    """Headquarters: takes in what the laptops hold, and keeps it provably whole."""
    log.configure()


def main(words: list[str]) -> int:
    """Run one command; return 0, 1 (check found a fault) or 2 (expected errors: one line of JSON on stderr)."""
    try:
        hq.main(args=words, prog_name=f"{Path(sys.argv[0]).name} hq".replace("-hq hq", "-hq"))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except InspectorError as error:
        return _fail(error.code, dict(error.facts))
    except Refusal as refusal:
        return _fail(refusal.problem.type, {"detail": refusal.problem.detail})
    except OSError as error:
        return _fail("system", {"cause": error.strerror or type(error).__name__})


def _fail(code: str, facts: dict[str, Any]) -> int:
    print(json.dumps({"error": code, **facts}, ensure_ascii=False), file=sys.stderr)
    return 2


def _tell(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False))


@hq.command()
@data_option
@click.option("--register", "register_file", type=_FILE, help="JSON file of offices, officers and sites.")
def init(data: Path, register_file: Path | None) -> None:
    """Make a new headquarters in an empty folder: key, database, blob folder."""
    content = register.read_file(register_file) if register_file else register.Register()
    with closing(HqService.create(data)) as service:
        _tell({"server_id": service.identity.server_id, "records": service.import_register(content)})


@hq.command("import-register")
@data_option
@click.argument("register_file", metavar="FILE", type=_FILE)
def import_register(data: Path, register_file: Path) -> None:
    """Take new and changed offices, officers and sites from a JSON file."""
    content = register.read_file(register_file)
    with closing(HqService(data)) as service:
        _tell({"records": service.import_register(content)})


@hq.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=0, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free port.")
@click.option("--public-origin", default="", help="What laptops call us behind a proxy, e.g. https://hq.example")
def serve(data: Path, host: str, port: int, public_origin: str) -> None:
    """Serve laptops; prints {"url": …} when ready and ends on SIGTERM or Ctrl-C."""
    from inspector.hq import serving  # the web server, which no other command needs

    serving.run(HqService(data), host=host, port=port, public_origin=public_origin)


@hq.command()
@data_option
@click.option("--office", required=True, help="Id of the office the laptop will belong to.")
def code(data: Path, office: str) -> None:
    """Make a one-time enrolment code, good for 24 hours."""
    with closing(HqService(data)) as service:
        _tell({"code": service.new_code(office), "hours": 24})


@hq.command()
@data_option
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The HTML file to write.")
@click.option("--keys", "listed", type=click.Path(dir_okay=False, path_type=Path), help="Write the keys as JSON, too.")
def verifier(data: Path, out: Path, listed: Path | None) -> None:
    """Write the page with which anybody checks the notices of every enrolled laptop, without a network."""
    from inspector.crypto.verifier_page import page

    with closing(HqService(data)) as service:
        keys = service.signers()
    out.write_text(page(keys), "utf-8")
    if listed is not None:
        told = {name: key.hex() for name, key in keys.items()}
        listed.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    _tell({"page": str(out), "keys": len(keys)})


@hq.command()
@data_option
@click.option("--revoke", metavar="DEVICE", help="Withdraw this device's enrolment first.")
def devices(data: Path, revoke: str | None) -> None:
    """List the enrolled laptops, one line of JSON each."""
    with closing(HqService(data)) as service:
        if revoke:
            service.revoke(revoke)
        for one in service.devices():
            told = {"device": one.id, "office": one.office, "name": one.name, "enrolled_ms": one.enrolled_ms}
            _tell(told | {"is_revoked": one.is_revoked, "entries": one.seq})


@hq.command()
@data_option
def check(data: Path) -> None:
    """Verify every chain, signature, receipt, record and blob; exit code 1 on any fault."""
    try:
        with closing(HqService(data)) as service:
            report = checking.check(service)
    except DatabaseError as error:
        report = checking.Report(faults=[("database", str(error.orig))])
    _tell({"is_clean": report.is_clean, **asdict(report)})
    if not report.is_clean:
        raise SystemExit(1)


@hq.command()
@data_option
@click.option("--out", required=True, type=_FOLDER, help="New or empty folder.")
def export(data: Path, out: Path) -> None:
    """Write everything as plain files for an independent verifier."""
    with closing(HqService(data)) as service:
        _tell(exporting.export(service, out))
