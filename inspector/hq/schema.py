"""The tables of headquarters, as SQLAlchemy Core sees them; made by the steps in migrations/."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

server = Table(
    "server",
    METADATA,
    Column("id", String, primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)

ledger = Table(
    "ledger",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("prev", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("ref", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("ms", BigInteger, nullable=False),
    Column("link", String, nullable=False, unique=True),
)
"""Headquarters' own order: everything it took in, hash-chained."""

head = Table(
    "head",
    METADATA,
    Column("day", String, primary_key=True),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
)

register = Table(
    "register",
    METADATA,
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("office", String, nullable=False, index=True),
    Column("fields", Text, nullable=False),
    Column("version", Integer, nullable=False, unique=True),
)
"""Offices, officers and sites as headquarters knows them; `version` counts every change of every record."""

enrol_code = Table(
    "enrol_code",
    METADATA,
    Column("hash", String, primary_key=True),
    Column("office", String, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("device", String, ForeignKey("device.id")),
)

device = Table(
    "device",
    METADATA,
    Column("id", String, primary_key=True),
    Column("office", String, nullable=False),
    Column("name", String, nullable=False),
    Column("key", LargeBinary, nullable=False, unique=True),
    Column("certificate", LargeBinary, nullable=False),
    Column("certificate_sig", LargeBinary, nullable=False),
    Column("enrolled_ms", BigInteger, nullable=False),
    Column("revoked_ms", BigInteger),
    Column("seq", Integer, nullable=False),
    Column("head", String, nullable=False),
    Column("ledger_seq", Integer, ForeignKey("ledger.seq"), nullable=False),
)

entry = Table(
    "entry",
    METADATA,
    Column("hq_seq", Integer, ForeignKey("ledger.seq"), primary_key=True),
    Column("device", String, ForeignKey("device.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("user_sigs", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("why", String, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    UniqueConstraint("device", "seq", name="entry_position"),
)
"""Every device's chain, verbatim; `state` is applied or quarantined."""

foreign_entry = Table(
    "foreign_entry",
    METADATA,
    Column("hq_seq", Integer, ForeignKey("ledger.seq"), primary_key=True),
    Column("device", String, ForeignKey("device.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("user_sigs", LargeBinary, nullable=False),
    Column("why", String, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    UniqueConstraint("device", "seq", "hash", name="foreign_entry_position"),
)
"""Entries that fit no chain (the other branch of a fork, wrong numbers): kept for a human, never applied."""

user_key = Table(
    "user_key",
    METADATA,
    Column("device", String, ForeignKey("device.id"), primary_key=True),
    Column("user", String, primary_key=True),
    Column("key", LargeBinary, nullable=False),
)

record = Table(
    "record",
    METADATA,
    Column("type", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("fields", Text, nullable=False),
    Column("head", String, nullable=False),
    Column("device", String, ForeignKey("device.id"), nullable=False),
    Column("mark", String, unique=True),
)
"""What the applied entries add up to; `mark` holds what must be unique (the number of a notice)."""

receipt = Table(
    "receipt",
    METADATA,
    Column("kind", String, primary_key=True),
    Column("ref", String, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
)
"""r1: ref is a device, first..last its entries. r2: ref is a blob, first and last are 0."""

plan = Table(
    "plan",
    METADATA,
    Column("id", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("leaves", Text, nullable=False),
)
"""How a blob is said to fall into chunks; `id` is a digest of that, so a liar can't block an honest laptop."""

offer = Table(
    "offer",
    METADATA,
    Column("device", String, ForeignKey("device.id"), primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("plan", String, ForeignKey("plan.id"), nullable=False),
)

blob = Table(
    "blob",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("sm3", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("leaves", Text, nullable=False),
    Column("hq_seq", Integer, ForeignKey("ledger.seq"), nullable=False),
)

series = Table(
    "series",
    METADATA,
    Column("issuer", String, primary_key=True),
    Column("form", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("next", Integer, nullable=False),
)

lease = Table(
    "lease",
    METADATA,
    Column("id", String, primary_key=True),
    Column("device", String, ForeignKey("device.id"), nullable=False),
    Column("request", String, nullable=False),
    Column("issuer", String, nullable=False),
    Column("form", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("hq_seq", Integer, ForeignKey("ledger.seq"), nullable=False),
    UniqueConstraint("device", "request", name="lease_request"),
    UniqueConstraint("issuer", "form", "year", "first", name="lease_start"),
)
