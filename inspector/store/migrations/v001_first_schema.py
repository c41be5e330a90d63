"""v001: the journal, what is derived from it, and what waits to be sent. Frozen once released."""

JOURNAL = """
create table entry (
    seq integer primary key,
    hash text not null unique,
    prev text not null,
    kind text not null,
    type text not null,
    subject text not null,
    wall integer not null,
    bytes blob not null,
    sig blob not null,
    user_sigs blob not null
) strict;
create index entry_subject on entry (type, subject);
create trigger entry_is_final before update on entry begin select raise(abort, 'an entry never changes'); end;
create trigger entry_stays before delete on entry begin select raise(abort, 'an entry never goes'); end;
create table secret (name text primary key, value blob not null) strict;
create table setting (name text primary key, value text not null) strict;
create table draft (
    owner text not null, field text not null, value text not null, saved_ms integer not null,
    primary key (owner, field)
) strict;
create table receipt (
    ref text primary key, kind text not null, first integer not null, last integer not null,
    body blob not null, sig blob not null
) strict;
create trigger receipt_is_final before update on receipt begin select raise(abort, 'a receipt never changes'); end;
create table transfer (
    sha256 text primary key, class integer not null, size integer not null, state text not null default 'waiting',
    tries integer not null default 0, why text not null default ''
) strict;
"""

PROJECTIONS = """
create table head (type text not null, subject text not null, hash text not null, primary key (type, subject)) strict;
create table office (
    id text primary key, name text not null, short text not null, division_code text not null, mode text not null,
    issuer_name text not null, issuer_short text not null, government text not null, court text not null,
    phone text not null, address text not null, fine_limit_yuan integer, parent_id text,
    is_training integer not null
) strict;
create table officer (
    id text primary key, office_id text not null, name text not null, cert_no text not null,
    cert_from text not null, cert_to text not null, is_auxiliary integer not null
) strict;
create table account (id text primary key, public_key text not null, created_at text not null) strict;
create table site (
    id text primary key, office_id text not null, name text not null, credit_code text not null,
    address text not null, responsible_person text not null, position text not null, phone text not null,
    industry text not null, status text not null
) strict;
create index site_code on site (credit_code);
create table inspection (
    id text primary key, office_id text not null, site_id text not null, officer_ids text not null,
    started_at text not null, ended_at text, place text not null default '', companion text not null default '',
    companion_position text not null default '', companion_phone text not null default '',
    is_id_shown integer not null default 0, is_recusal_told integer not null default 0,
    is_clean integer not null default 0, note text not null default '', state text not null default 'open'
) strict;
create index inspection_started on inspection (started_at);
create table hazard (
    id text primary key, inspection_id text not null references inspection (id), ordinal integer not null,
    description text not null, severity text not null, measure text not null, seen_at text not null,
    catalogue_code text not null default '', place text not null default '', requirement text not null default '',
    deadline text, basis text not null default '[]', major_criterion text not null default '',
    is_removed integer not null default 0, removed_reason text not null default ''
) strict;
create index hazard_inspection on hazard (inspection_id, ordinal);
create table evidence (
    id text primary key, inspection_id text not null references inspection (id), hazard_id text,
    sha256 text not null, sm3 text not null, size integer not null, leaves text not null, evidence_kind text not null,
    mime text not null, name text not null, width integer not null, height integer not null,
    orientation integer not null, taken_at text, taken_as text not null, time_source text not null,
    camera text not null, latitude text not null, longitude text not null, remark text not null,
    caption text not null default '', attached_at text not null, attached_by text not null, source text not null,
    is_removed integer not null default 0, removed_reason text not null default ''
) strict;
create index evidence_inspection on evidence (inspection_id);
create index evidence_blob on evidence (sha256);
create table notice (
    id text primary key, inspection_id text not null references inspection (id), form text not null,
    hazard_ids text not null, evidence_ids text not null default '[]',
    state text not null default 'draft', created_at text not null,
    number text not null default '', lease_id text, sequence integer, year integer, pdf_sha256 text,
    pages integer not null default 0, issued_at text, facts_digest text not null default '',
    pack_version text not null default '', supersedes text, superseded_by text,
    void_reason text not null default '', voided_at text
) strict;
create index notice_inspection on notice (inspection_id);
create unique index notice_number on notice (number) where number <> '';
create unique index notice_sequence on notice (lease_id, sequence) where sequence is not null;
create trigger issued_is_frozen before update on notice
when old.state <> 'draft' and (
    new.number is not old.number or new.pdf_sha256 is not old.pdf_sha256 or new.hazard_ids is not old.hazard_ids
    or new.form is not old.form or new.evidence_ids is not old.evidence_ids
     or new.inspection_id is not old.inspection_id or new.issued_at is not old.issued_at
    or new.pages is not old.pages or new.facts_digest is not old.facts_digest or new.state = 'draft'
    or (old.state = 'void' and (new.state <> 'void' or new.void_reason is not old.void_reason))
)
begin select raise(abort, 'an issued notice is frozen'); end;
create trigger issued_stays before delete on notice when old.state <> 'draft'
begin select raise(abort, 'an issued notice is frozen'); end;
create table lease (
    id text primary key, office_id text not null, form text not null, year integer not null,
    first integer not null, last integer not null, next_number integer not null, expires_on text not null
) strict;
create virtual table site_search using fts5 (tokens, content = '', contentless_delete = 1, detail = none);
"""

SCHEMA = JOURNAL + PROJECTIONS

EVIDENCE = """
create table blob (
    id integer primary key, sha256 text unique, size integer not null default 0, sm3 text not null default '',
    leaves text not null default '[]', stored_ms integer not null
) strict;
create table chunk (
    blob integer not null references blob (id) on delete cascade, n integer not null, bytes blob not null,
    primary key (blob, n)
) strict;
create table preview (
    sha256 text not null, edge integer not null, jpeg blob not null, primary key (sha256, edge)
) strict;
create trigger blob_is_final before update on blob when old.sha256 is not null
begin select raise(abort, 'a blob never changes'); end;
create trigger blob_stays before delete on blob when old.sha256 is not null
begin select raise(abort, 'a blob never goes'); end;
create trigger chunk_is_final before update on chunk begin select raise(abort, 'a blob never changes'); end;
create trigger chunk_stays before delete on chunk
when (select sha256 from blob where id = old.blob) is not null
begin select raise(abort, 'a blob never goes'); end;
"""
