"""Who this headquarters is: its id and its Ed25519 key, made once; signs what laptops keep."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from inspector.crypto.signing import KeyPair
from inspector.errors import NotAllowed, ProfileMissing, StoreDamaged
from inspector.protocol.messages import Signed

_FILE = "server.key"
_encoder = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The server's id, epoch and key. `epoch` rises when headquarters is put back from a backup."""

    server_id: str
    epoch: int
    key: KeyPair

    def sign(self, context: bytes, message: msgspec.Struct) -> Signed:
        """Return the message's JSON bytes with a signature over `context` + bytes."""
        body = _encoder.encode(message)
        return Signed(body=body, sig=self.key.sign(context + body))


def make_key(folder: Path) -> KeyPair:
    """Make the server's key in `folder`, readable by its owner alone. Raises NotAllowed if there is one already."""
    key = KeyPair.generate()
    try:
        handle = os.open(folder / _FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise NotAllowed(reason="already_initialised") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.private_bytes().hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def read_key(folder: Path) -> KeyPair:
    """Read the server's key. Raises ProfileMissing or StoreDamaged."""
    try:
        return KeyPair.from_private(bytes.fromhex((folder / _FILE).read_text(encoding="ascii").strip()))
    except FileNotFoundError as error:
        raise ProfileMissing(folder=str(folder)) from error
    except ValueError as error:
        raise StoreDamaged(file=_FILE, cause="not a key") from error
