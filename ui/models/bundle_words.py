"""What the verifier of bundles says, in words: its own are English and short (resources/verify/bundle.py)."""

from __future__ import annotations

from inspector.services.bundle_check import BundleFault
from ui.text import tr


def fault_words(fault: BundleFault) -> str:
    """Return what does not hold; the verifier's own words where they are not known here."""
    known = {
        "missing": tr("缺少这个文件"),
        "not in the manifest": tr("清单里没有这个文件，是后来加的"),
        "its bytes were changed (checksum of the container)": tr("内容被改动"),
        "its bytes are not those of the manifest": tr("内容与清单不符"),
        "no entry names these bytes": tr("没有记录提到它"),
        "an entry names these bytes, but they are not here": tr("记录里有这个原件，包里没有"),
        "headquarters did not sign it": tr("总部的签名不符"),
        "device signature": tr("笔记本的签名不符"),
        "the device's signature does not hold": tr("笔记本的签名不符"),
        "an officer's signature is missing": tr("缺少执法人员的签名"),
        "counts other entries": tr("记录的条数不符"),
        "of another device": tr("是另一台电脑的"),
        "a name stands twice": tr("同名文件出现两次"),
        "the container ends within it": tr("文件到这里就断了"),
        "JSON is not as exported": tr("内容被改写"),
        "base64 is not canonical": tr("内容被改写"),
    }
    kinds = (
        ("changed ", tr("压缩包的结构被改动")),
        ("container: the header", tr("压缩包的结构被改动")),
        ("signature of ", tr("执法人员的签名不符")),
        ("unreadable", tr("读不出来，不是证据包或已损坏")),
    )
    endings = (
        ("is not as the entry says", tr("指纹与记录不符")),
        ("is missing before it", tr("它前面缺一条记录")),
    )
    began = (word for start, word in kinds if fault.what.startswith(start))
    ended = (word for end, word in endings if fault.what.endswith(end))
    return known.get(fault.what) or next(began, "") or next(ended, "") or fault.what


def place_words(fault: BundleFault) -> str:
    """Return where it does not hold."""
    return tr("压缩包") if fault.where == "container" else fault.where
