"""Writes the pinyin index of a pack (search.json) and its line in the manifest: python -m inspector.law.index_pack."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import msgspec

from inspector.law import pack
from inspector.law.catalogue import RawCatalogue
from inspector.law.pack import Manifest, PackFile
from inspector.law.pinyin import syllables
from inspector.law.search import SearchIndex


def build(catalogue: RawCatalogue) -> bytes:
    """Return search.json for a catalogue; same catalogue, same bytes."""
    index = SearchIndex(pack.SCHEMA_VERSION, {item.code: syllables(item.title_zh) for item in catalogue.items})
    return msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n"


def write(folder: Path) -> None:
    """Write search.json into a pack and its digest into pack.json; other files must match theirs (PackDamaged)."""
    opened = pack.Pack.open(folder)
    data = build(opened.read("catalogue.json", RawCatalogue))
    (folder / "search.json").write_bytes(data)
    line = PackFile(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    manifest: Manifest = msgspec.structs.replace(opened.manifest, files={**opened.manifest.files, "search.json": line})
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    (folder / pack.MANIFEST).write_bytes(text + b"\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else pack.current().folder)
