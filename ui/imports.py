"""What PySide loads or hooks for its own makers and the window has no use for, kept out of a start.

PySide6 replaces `builtins.__import__` to offer `from __feature__ import snake_case`, and reads each module's source
with inspect.getsource to know which of them use Qt. The product doesn't use that switch; without the hook every
module, Qt's or not, loads faster. And it loads the writer of its type stubs (with argparse, logging, gettext) into
every program; a name in its place is enough, because nothing asks it for stubs.
"""

from __future__ import annotations

import builtins
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_STUB_WRITER = "shibokensupport.signature.lib.pyi_generator"


def plain() -> None:
    """Load Qt's core without the stub writer and give Python's own import back; does nothing where that is done."""
    if "PySide6" not in sys.modules:
        place = ModuleType(_STUB_WRITER)
        place.__spec__ = ModuleSpec(_STUB_WRITER, None)
        sys.modules[_STUB_WRITER] = place
    import PySide6.QtCore  # noqa: F401 - the hook is set while this is loaded

    hooked: Any = builtins
    own = getattr(hooked, "__orig_import__", None)
    if own is not None:
        hooked.__import__ = own
