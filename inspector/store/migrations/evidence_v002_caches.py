"""evidence.db v002: what can be made again from the originals at any time, kept so that nobody waits for it twice.

`cache` serves whoever has something to keep for the bytes of one SHA-256: `kind` names what (fingerprint, film index),
`version` how it was made. Frozen once released.
"""

SCHEMA = """
create table cache (
    kind text not null, sha256 text not null, version integer not null, body blob not null, primary key (kind, sha256)
) strict, without rowid;
create table likeness (
    sha256 text not null, other text not null, version integer not null, matched integer not null, share real not null,
    primary key (sha256, other)
) strict, without rowid;
create table likeness_searched (
    sha256 text not null, site_id text not null, version integer not null, primary key (sha256, site_id)
) strict, without rowid;
"""
