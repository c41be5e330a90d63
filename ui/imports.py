"""PySide's hook on `import`, taken off: it reads the source of every module loaded after it, which we have no use for.

PySide6 replaces `builtins.__import__` to offer `from __feature__ import snake_case`, and reads each module's source
with inspect.getsource to know which of them use Qt. The product doesn't use that switch; without the hook every
module, Qt's or not, loads faster.
"""

from __future__ import annotations

import builtins
from typing import Any

import PySide6.QtCore  # noqa: F401 - the hook is set while this is loaded


def plain() -> None:
    """Give Python's own import back; does nothing where PySide set no hook."""
    hooked: Any = builtins
    own = getattr(hooked, "__orig_import__", None)
    if own is not None:
        hooked.__import__ = own
