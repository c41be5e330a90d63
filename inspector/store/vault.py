"""One profile's open databases: made once, opened with the vault key, closed together."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from inspector import paths
from inspector.clock import Clock
from inspector.crypto.signing import KeyPair
from inspector.errors import ProfileMissing, StoreDamaged
from inspector.protocol.entry import genesis
from inspector.protocol.messages import Certificate, Signed
from inspector.store import schema, settings
from inspector.store.blobs import BlobStore
from inspector.store.footage import FootageStore
from inspector.store.gateway import Gateway
from inspector.store.journal import Journal
from inspector.store.originals import Originals
from inspector.version import VERSION

EVIDENCE_PAGE = 16 * 1024
"""Larger pages: evidence is written once in chunks of 1 MiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """Everything that needs the vault key. `certificate` is headquarters' word on this device, verbatim."""

    profile: Path
    gateway: Gateway
    evidence: Gateway
    blobs: BlobStore
    footage: FootageStore
    originals: Originals
    """Blobs and footage alike."""
    journal: Journal
    clock: Clock
    device: str
    device_key: KeyPair
    certificate: Signed
    genesis: str
    is_training: bool

    def close(self) -> None:
        """Fold the logs into the files and let go of the key."""
        self.footage.close()
        self.gateway.close()
        self.evidence.close()


def create(profile: Path, vault_key: bytes, *, certificate: Signed, device_key: KeyPair, clock: Clock) -> Vault:
    """Make the two databases of a new profile. Raises StorageFull; the caller removes what is half made."""
    profile.mkdir(parents=True, exist_ok=True, mode=0o700)
    gateway, evidence = _gateways(profile, vault_key)
    try:
        schema.prepare(gateway, schema.JOURNAL_STEPS)
        schema.prepare(evidence, schema.EVIDENCE_STEPS)
        if os.name == "posix":
            for path in (gateway.path, evidence.path):
                path.chmod(0o600)
        with gateway.write() as tx:
            settings.keep_secret(tx, "device_key", device_key.private_bytes())
            settings.keep_secret(tx, "certificate", msgspec.json.encode(certificate))
        return _assemble(profile, (gateway, evidence, vault_key), certificate, device_key, clock)
    except BaseException:
        gateway.close()
        evidence.close()
        raise


def unlock(profile: Path, vault_key: bytes, clock: Clock) -> Vault:
    """Open a profile's databases. Raises ProfileMissing, StoreDamaged, StoreTooNew, StorageFull, StoreBusy."""
    for path in (paths.journal_file(profile), paths.evidence_file(profile)):
        if not path.is_file():
            raise (
                ProfileMissing(folder=str(profile))
                if not profile.exists()
                else StoreDamaged(file=path.name, cause="missing")
            )
    gateway, evidence = _gateways(profile, vault_key)
    try:
        schema.prepare(gateway, schema.JOURNAL_STEPS)
        schema.prepare(evidence, schema.EVIDENCE_STEPS)
        with gateway.read() as tx:
            key, certificate = settings.secret(tx, "device_key"), settings.secret(tx, "certificate")
        if key is None or certificate is None:
            raise StoreDamaged(file=gateway.path.name, cause="no device key")  # noqa: TRY301 - closes below
        signed = msgspec.json.decode(certificate, type=Signed)
        return _assemble(profile, (gateway, evidence, vault_key), signed, KeyPair.from_private(key), clock)
    except BaseException:
        gateway.close()
        evidence.close()
        raise


def _gateways(profile: Path, vault_key: bytes) -> tuple[Gateway, Gateway]:
    return (
        Gateway(paths.journal_file(profile), vault_key),
        Gateway(paths.evidence_file(profile), vault_key, page_bytes=EVIDENCE_PAGE),
    )


def _assemble(
    profile: Path, stores: tuple[Gateway, Gateway, bytes], certificate: Signed, device_key: KeyPair, clock: Clock
) -> Vault:
    gateway, evidence, vault_key = stores
    blobs, footage = BlobStore(evidence), FootageStore(paths.footage_folder(profile), vault_key)
    told = msgspec.json.decode(certificate.body, type=Certificate)
    first = genesis(certificate.body)
    return Vault(
        profile=profile,
        gateway=gateway,
        evidence=evidence,
        blobs=blobs,
        footage=footage,
        originals=Originals(blobs, footage),
        journal=Journal(device=told.device, key=device_key, genesis=first, clock=clock, app=VERSION),
        clock=clock,
        device=told.device,
        device_key=device_key,
        certificate=certificate,
        genesis=first,
        is_training=told.is_training,
    )
