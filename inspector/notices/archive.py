"""Makes a drawn PDF fit for the archive: PDF/A-1b (ISO 19005-1), which every reader of the future can show alike."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from inspector.clock import CHINA
from inspector.notices import srgb

if TYPE_CHECKING:
    import pikepdf

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"\
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
{facts}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
"""The metadata packet (XMP specification 2004, §3). One description with every name space on it: that layout is the one
all validators read; it closes with "r", read-only, since an issued notice is never rewritten."""

TOLD = {
    "/Title": '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>',
    "/Author": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "/Subject": '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>',
    "/Keywords": "<pdf:Keywords>{}</pdf:Keywords>",
    "/Creator": "<xmp:CreatorTool>{}</xmp:CreatorTool>",
    "/Producer": "<pdf:Producer>{}</pdf:Producer>",
}
"""Each entry of the document information and what must say the same in the packet (ISO 19005-1 §6.7.3)."""


def archived(pdf: bytes, created_at: datetime | None = None) -> bytes:
    """Return `pdf`, as drawn by a Pen, as PDF/A-1b. The same bytes and moment give the same bytes.

    Its document information is kept, its dates become `created_at` (aware; a draft has none).
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        facts = _information(document, created_at)
        packet = document.make_stream(PACKET.format(facts=facts).encode())
        packet["/Type"], packet["/Subtype"] = pikepdf.Name("/Metadata"), pikepdf.Name("/XML")
        document.Root["/Metadata"] = packet
        document.Root["/OutputIntents"] = pikepdf.Array([_intent(document)])
        out = io.BytesIO()
        document.save(
            out,
            force_version="1.4",  # PDF/A-1 is PDF 1.4
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,  # what is packed stays packed as it is
            fix_metadata_version=False,  # the packet is ours
            preserve_pdfa=True,  # an end of line before each "endstream"
            deterministic_id=True,
        )
    return out.getvalue()


def _information(document: pikepdf.Pdf, created_at: datetime | None) -> str:
    """Bring the document information into shape, and return it as the elements of the packet."""
    import pikepdf

    kept = {name: " ".join(str(document.docinfo.get(name, "")).split()) for name in TOLD}
    lines: list[str] = []
    for name in list(document.docinfo.keys()):
        del document.docinfo[name]
    for name, value in kept.items():
        if value:
            document.docinfo[name] = pikepdf.String(value)
            lines.append(TOLD[name].format(escape(value)))
    if created_at is not None:
        local = created_at.astimezone(CHINA)
        written = f"D:{local:%Y%m%d%H%M%S}+08'00'"
        for name, element in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
            document.docinfo[name] = pikepdf.String(written)
            lines.append(f"<xmp:{element}>{local:%Y-%m-%dT%H:%M:%S}+08:00</xmp:{element}>")
    return "\n".join(lines)


def _intent(document: pikepdf.Pdf) -> pikepdf.Object:
    """The output intent (ISO 19005-1 §6.2.2): colours of this file are those of sRGB."""
    import pikepdf

    profile = document.make_stream(srgb.profile())
    profile["/N"] = 3
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name("/OutputIntent"),
            S=pikepdf.Name("/GTS_PDFA1"),
            OutputConditionIdentifier=pikepdf.String(srgb.NAME),
            RegistryName=pikepdf.String("http://www.color.org"),
            Info=pikepdf.String(srgb.NAME),
            DestOutputProfile=profile,
        )
    )
