"""The page with which a party checks a notice on any computer: one HTML file with the offices' keys, no network."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from inspector.crypto.notice_code import key_id
from inspector.paths import RESOURCES

_FOLDER = RESOURCES / "verify"
_SCRIPTS = {
    "tweetnacl": _FOLDER / "vendor" / "tweetnacl-1.0.3.min.js",
    "jsqr": _FOLDER / "vendor" / "jsqr-1.4.0.js",
    "page": _FOLDER / "notice.js",
}


def page(keys: Mapping[str, bytes]) -> str:
    """Return the whole page; `keys` are the public keys (32 bytes) by the name under which the page shows them.

    The same keys give the same text.
    """
    told = {key_id(key): {"name": name, "key": base64.b64encode(key).decode("ascii")} for name, key in keys.items()}
    text = (_FOLDER / "notice.html").read_text("utf-8")
    for name, path in _SCRIPTS.items():
        script = path.read_text("utf-8").replace("</script", "<\\/script")
        text = text.replace(f"/*{name}*/", script)
    listed = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).replace("<", "\\u003c")
    return text.replace("/*keys*/", listed)
