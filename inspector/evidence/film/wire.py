"""Messages between the program and its decoding worker: two lengths, a JSON head, raw bytes behind it."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO, Final

_LENGTHS: Final = struct.Struct("<II")
MOST_HEAD: Final = 8 << 20
MOST_BODY: Final = 512 << 20
"""A frame of 8K as RGB is 100 MB, an index of 24 hours 20 MB."""

Message = tuple[dict[str, Any], bytes]


class WireBroken(Exception):
    """The other side is gone or speaks something else."""


def send(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Write one message. Raises WireBroken."""
    raw = json.dumps(head).encode()
    try:
        stream.write(_LENGTHS.pack(len(raw), len(body)) + raw)
        stream.write(body)
        stream.flush()
    except (OSError, ValueError) as error:
        raise WireBroken from error


def receive(stream: BinaryIO) -> Message | None:
    """Read one message; None at the end. Raises WireBroken for what is no message."""
    lengths = stream.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise WireBroken
    head_length, body_length = _LENGTHS.unpack(lengths)
    if head_length > MOST_HEAD or body_length > MOST_BODY:
        raise WireBroken
    raw, body = stream.read(head_length), stream.read(body_length)
    if len(raw) < head_length or len(body) < body_length:
        raise WireBroken
    try:
        head = json.loads(raw)
    except ValueError as error:
        raise WireBroken from error
    if not isinstance(head, dict):
        raise WireBroken
    return head, body
