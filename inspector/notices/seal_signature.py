"""Seals an issued PDF with an office's certificate: a PAdES signature (ETSI EN 319 142-1) and the red seal on the page.

The bytes that were issued stay as they are, the signature is added behind them (ISO 32000-1 §7.5.6); the result is
PDF/A-1b still: the seal is one ink through a stencil, without transparency (ISO 19005-1 §6.4).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from inspector import mainthread
from inspector.errors import SealRefused
from inspector.notices import pages

if TYPE_CHECKING:
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import SimpleSigner

SEAL_MM: Final = 42.0
"""Across a round seal of a county's office (国发〔1999〕25号: 4.2 cm)."""
SEAL_CENTRE_MM: Final = 135.0
"""From the left edge of the paper (facts.md §7)."""
RED: Final = (0.78, 0.06, 0.10)
FIELD: Final = "OfficeSeal"
_MM: Final = 72 / 25.4
_OFF_CENTRE: Final = 8 * _MM


@dataclass(frozen=True, slots=True)
class Stencil:
    """A seal's picture as one ink: packed bits (1 = no ink), rows from the top, padded to bytes."""

    width: int
    height: int
    bits: bytes


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Page from 0, and the seal's lower left corner and side in points."""

    page: int
    x: float
    y: float
    side: float


_CORNER: Final = SealPlace(0, 0, 0, 1)
_NO_INK: Final = Stencil(1, 1, b"\xff")


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed PDF, and of the certificate whom it names and who issued it."""

    pdf: bytes
    subject: str
    issuer: str


def place_of(pdf: bytes, day_text: str) -> SealPlace:
    """Return where the seal belongs: over the last line that is just the day, its lower edge on it (骑年盖月).

    Raises SealRefused(no_place): the paper has no such line.
    """
    mainthread.refuse("pdf")
    import pypdfium2

    wanted = "".join(day_text.split())
    with pages.drawing():
        document = pypdfium2.PdfDocument(pdf)
        try:
            for number in reversed(range(len(document))):
                bottom = _line_of(document[number].get_textpage(), wanted)
                if bottom is not None:
                    side = SEAL_MM * _MM
                    return SealPlace(number, SEAL_CENTRE_MM * _MM - side / 2, bottom - 4, side)
        finally:
            document.close()
    raise SealRefused(reason="no_place")


def _line_of(text: Any, wanted: str) -> float | None:
    """Return the lower edge of the lowest line that is `wanted` around the seal's centre; dates in a text are none."""
    chars = [(text.get_text_range(at, 1), at) for at in range(text.count_chars())]
    kept = [(char, at) for char, at in chars if len(char) == 1 and not char.isspace()]
    words = "".join(char for char, _ in kept)
    found: list[float] = []
    start = words.find(wanted)
    while start >= 0:
        first, last = (text.get_charbox(kept[at][1]) for at in (start, start + len(wanted) - 1))
        if abs((first[0] + last[2]) / 2 - SEAL_CENTRE_MM * _MM) < _OFF_CENTRE:
            found.append(first[1])
        start = words.find(wanted, start + 1)
    return min(found, default=None)


def seal(pdf: bytes, signer: SimpleSigner, *, place: SealPlace | None, stencil: Stencil | None) -> Sealed:
    """Return the PDF signed; with `place` and `stencil` the seal is seen there. Raises SealRefused.

    The same call twice gives other bytes: a signature holds its time and, with RSA-PSS or ECDSA, chance.
    """
    mainthread.refuse("pdf")
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers

    # A field that shows nothing still needs an appearance in PDF/A-1 (ISO 19005-1 §6.9): a point without ink.
    seen = (place, stencil) if place is not None and stencil is not None else (_CORNER, _NO_INK)
    spec = fields.SigFieldSpec(FIELD, on_page=seen[0].page, box=_box(seen[0]))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason="核发", name=None
    )
    style = _style(seen[1])
    try:
        writer = _writer(pdf)
        fields.append_signature_field(writer, spec)
        worker = signers.PdfSigner(metadata, signer, stamp_style=style)
        out = worker.sign_pdf(writer, in_place=False)
    except (PdfError, ValueError) as error:
        raise SealRefused(reason="pdf", detail=str(error)) from error
    certificate = signer.signing_cert
    if certificate is None:
        raise SealRefused(reason="no_certificate")
    return Sealed(out.getbuffer().tobytes(), certificate.subject.human_friendly, certificate.issuer.human_friendly)


def signer_of(container: bytes, passphrase: str, *, on: datetime) -> SimpleSigner:
    """Open a PKCS#12 file with the office's key. Raises SealRefused (passphrase | no_key | not_valid)."""
    from pyhanko.sign import signers

    try:
        found = signers.SimpleSigner.load_pkcs12_data(container, other_certs=[], passphrase=passphrase.encode())
    except (ValueError, TypeError) as error:
        raise SealRefused(reason="passphrase") from error
    if found is None or found.signing_cert is None:
        raise SealRefused(reason="no_key")
    told = found.signing_cert
    if not told.not_valid_before <= on <= told.not_valid_after:
        first, last = told.not_valid_before.date(), told.not_valid_after.date()
        raise SealRefused(reason="not_valid", first=first.isoformat(), last=last.isoformat())
    return found


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    """Return a writer that leaves the metadata as they were issued: packet and information must agree (PDF/A-1)."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class AsIssued(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            return

    return AsIssued(io.BytesIO(pdf))


def _box(place: SealPlace) -> tuple[int, int, int, int]:
    return (round(place.x), round(place.y), round(place.x + place.side), round(place.y + place.side))


def _style(stencil: Stencil) -> Any:
    from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    middle = AxisAlignment.ALIGN_MID
    whole = SimpleBoxLayoutRule(x_align=middle, y_align=middle, margins=Margins(0, 0, 0, 0))
    return StaticStampStyle(
        background=_content(stencil), border_width=0, background_opacity=1.0, background_layout=whole
    )


def _content(stencil: Stencil) -> PdfContent:
    """Return the seal's picture as content of a PDF: ink through a stencil (ISO 32000-1 §8.9.6.2)."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.content import PdfContent, ResourceType
    from pyhanko.pdf_utils.layout import BoxConstraints

    class Seal(PdfContent):
        def render(self) -> bytes:
            writer: Any = self.writer
            told = {
                "/Type": generic.NameObject("/XObject"), "/Subtype": generic.NameObject("/Image"),
                "/ImageMask": generic.BooleanObject(True), "/BitsPerComponent": generic.NumberObject(1),
                "/Width": generic.NumberObject(stencil.width), "/Height": generic.NumberObject(stencil.height),
            }  # fmt: skip
            image = generic.StreamObject({generic.pdf_name(key): value for key, value in told.items()}, stencil.bits)
            image.compress()
            self.set_resource(ResourceType.XOBJECT, generic.pdf_name("/Seal"), writer.add_object(image))
            red, green, blue = RED
            width, height = self.box.width, self.box.height
            return f"q {red} {green} {blue} rg {width} 0 0 {height} 0 0 cm /Seal Do Q".encode()

    return Seal(box=BoxConstraints(width=SEAL_MM * _MM, height=SEAL_MM * _MM))
