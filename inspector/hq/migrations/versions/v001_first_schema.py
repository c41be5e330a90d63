"""v001: everything headquarters keeps, and triggers that hold what may never change. Frozen once released."""

from __future__ import annotations

from alembic import op

revision = "v001"
down_revision = None

TABLES = """
create table server (
    id varchar not null primary key, public_key blob not null, epoch integer not null, created_ms bigint not null
);
create table ledger (
    seq integer not null primary key, prev varchar not null, kind varchar not null, ref varchar not null,
    digest varchar not null, ms bigint not null, link varchar not null unique
);
create table head (
    day varchar not null primary key, seq integer not null references ledger (seq), body blob not null,
    sig blob not null
);
create table register (
    kind varchar not null, id varchar not null, office varchar not null, fields text not null,
    version integer not null unique, primary key (kind, id)
);
create index ix_register_office on register (office);
create table device (
    id varchar not null primary key, office varchar not null, name varchar not null, key blob not null unique,
    certificate blob not null, certificate_sig blob not null, enrolled_ms bigint not null, revoked_ms bigint,
    seq integer not null, head varchar not null, ledger_seq integer not null references ledger (seq)
);
create table enrol_code (
    hash varchar not null primary key, office varchar not null, expires_ms bigint not null,
    device varchar references device (id)
);
create table entry (
    hq_seq integer not null primary key references ledger (seq), device varchar not null references device (id),
    seq integer not null, hash varchar not null, bytes blob not null, sig blob not null, user_sigs blob not null,
    state varchar not null, why varchar not null, received_ms bigint not null,
    constraint entry_position unique (device, seq)
);
create table foreign_entry (
    hq_seq integer not null primary key references ledger (seq), device varchar not null references device (id),
    seq integer not null, hash varchar not null, bytes blob not null, sig blob not null, user_sigs blob not null,
    why varchar not null, received_ms bigint not null,
    constraint foreign_entry_position unique (device, seq, hash)
);
create table user_key (
    device varchar not null references device (id), "user" varchar not null, key blob not null,
    primary key (device, "user")
);
create table record (
    type varchar not null, id varchar not null, fields text not null, head varchar not null,
    device varchar not null references device (id), mark varchar unique, primary key (type, id)
);
create table receipt (
    kind varchar not null, ref varchar not null, first integer not null, last integer not null, body blob not null,
    sig blob not null, primary key (kind, ref, first, last)
);
create table plan (
    id varchar not null primary key, sha256 varchar not null, size bigint not null, leaves text not null
);
create table offer (
    device varchar not null references device (id), sha256 varchar not null,
    plan varchar not null references plan (id), primary key (device, sha256)
);
create table blob (
    sha256 varchar not null primary key, sm3 varchar not null, size bigint not null, leaves text not null,
    hq_seq integer not null references ledger (seq)
);
create table series (
    issuer varchar not null, form varchar not null, year integer not null, next integer not null,
    primary key (issuer, form, year)
);
create table lease (
    id varchar not null primary key, device varchar not null references device (id), request varchar not null,
    issuer varchar not null, form varchar not null, year integer not null, first integer not null,
    last integer not null, body blob not null, sig blob not null, hq_seq integer not null references ledger (seq),
    constraint lease_request unique (device, request), constraint lease_start unique (issuer, form, year, first)
);
"""

FINAL = ("ledger", "head", "entry", "foreign_entry", "receipt", "plan", "blob", "lease")
"""Tables whose rows neither change nor go."""


def upgrade() -> None:
    """Make tables and triggers."""
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
    for table in FINAL:
        for verb in ("update", "delete"):
            op.execute(
                f"create trigger {table}_no_{verb} before {verb} on {table} "
                f"begin select raise(abort, '{table} rows are final'); end"
            )
