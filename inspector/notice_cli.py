"""`main.py notice …`: check the code of a notice, and make the page with which anybody can."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspector.errors import ProofUnreadable

if TYPE_CHECKING:
    from inspector.evidence.code_reading import Drawn

_PDF = b"%PDF-"
_PAGE_PX = 2480
"""A4 at 300 dpi."""


@click.group("notice")
def notices() -> None:
    """文书核验: is the code on a notice genuine? Needs no profile."""


@notices.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--key", "keys", multiple=True, help="Public key in hex that may have signed it; may be given often.")
@click.option(
    "--keys", "listed", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
    help="JSON object name → public key in hex, as `hq verifier --keys` writes it.",
)  # fmt: skip
def verify(file: Path, keys: tuple[str, ...], listed: Path | None) -> int:
    """Read the code from a PDF, a photo or a text and check it; one JSON line, exit code 0 only if it is genuine."""
    from inspector.crypto import notice_code

    known = {key: bytes.fromhex(key) for key in keys}
    if listed is not None:
        known |= {name: bytes.fromhex(key) for name, key in json.loads(listed.read_text("utf-8")).items()}
    try:
        proof = notice_code.read(_code(_read(file)))
    except ProofUnreadable as error:
        click.echo(json.dumps({"verdict": "unreadable", "reason": error.facts["reason"]}))
        return 1
    signer = notice_code.signer_of(proof, known)
    is_known = proof.key_id in {notice_code.key_id(key) for key in known.values()}
    told = proof.facts
    facts = {
        "number": told.number, "office": told.office, "issued_on": told.issued_on.isoformat(), "party": told.party,
        "items": told.items, "until": told.until.isoformat() if told.until else None,
        "fine_yuan": None if told.fine_fen is None else told.fine_fen / 100, "digest": told.digest,
    }  # fmt: skip
    verdict = "genuine" if signer else "forged" if is_known else "unknown_key"
    line = {"verdict": verdict, "signer": signer, "key_id": proof.key_id, "facts": facts if signer else None}
    click.echo(json.dumps(line, ensure_ascii=False))
    return 0 if signer else 1


def _read(file: Path) -> bytes:
    return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()


def _code(content: bytes) -> str:
    """Return the text of the code in a PDF, a picture or a text. Raises ProofUnreadable(no_code)."""
    from inspector.crypto.notice_code import MARK

    if content.startswith(MARK.encode()):
        return content.decode("utf-8", "replace")
    from inspector.evidence.code_reading import codes_in, codes_on

    pictures = (codes_on(page) for page in _pages(content)) if content.startswith(_PDF) else (codes_in(content),)
    for found in pictures:
        code = next((text for text in found if text.startswith(MARK)), None)
        if code is not None:
            return code
    raise ProofUnreadable(reason="no_code")


def _pages(pdf: bytes) -> Iterator[Drawn]:
    """Draw each page, the last first: there a notice has its code."""
    from inspector.evidence.code_reading import Drawn
    from inspector.notices import pages

    for number in reversed(range(pages.count(pdf))):
        shown = pages.page_image(pdf, number, _PAGE_PX)
        yield Drawn(shown.width, shown.height, shown.rgb)
