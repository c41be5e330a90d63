"""v003: footage and its clock, marks and order of photos, re-checks, who opened what. Frozen once released."""

SCHEMA = """
alter table evidence add column position integer;
alter table evidence add column marks text not null default '[]';
alter table evidence add column clock_shift_ms integer;
alter table evidence add column clock_source text not null default '';
alter table evidence add column derived_from text;
alter table evidence add column derivation text not null default '';
alter table evidence add column clip_sha256 text;
alter table evidence add column clip_us integer;
alter table evidence add column clip_frame integer;
alter table evidence add column reuse_of text;
alter table evidence add column reuse_reason text not null default '';
create table recording (
    id text primary key, inspection_id text references inspection (id), device_label text not null default '',
    source text not null default '', added_at text not null, added_by text not null,
    anchors text not null default '[]', is_removed integer not null default 0 check (is_removed in (0, 1)),
    removed_reason text not null default ''
) strict;
create index recording_inspection on recording (inspection_id);
create table clip (
    id text primary key, recording_id text not null references recording (id), ordinal integer not null,
    sha256 text not null check (length(sha256) = 64), sm3 text not null, size integer not null check (size > 0),
    mime text not null, name text not null, codec text not null default '',
    width integer not null default 0, height integer not null default 0, rotation integer not null default 0,
    duration_us integer not null default 0, frames integer not null default 0,
    is_constant_rate integer not null default 0 check (is_constant_rate in (0, 1)), recorded_at text,
    remark text not null default '', attached_at text not null, attached_by text not null,
    leaves text not null
) strict;
create index clip_recording on clip (recording_id, ordinal);
create trigger clip_is_final before update of sha256, sm3, size, leaves, name, recorded_at on clip
begin select raise(abort, 'the bytes of a clip never change'); end;
create trigger clip_stays before delete on clip begin select raise(abort, 'a clip never goes'); end;
create table clap (
    id text primary key, inspection_id text not null references inspection (id), nonce text not null,
    began_at text not null, began_by text not null, ended_at text, shown integer not null default 0
) strict;
create index clap_inspection on clap (inspection_id);
create table recheck (
    id text primary key, inspection_id text not null references inspection (id),
    hazard_id text not null references hazard (id), outcome text not null default ''
        check (outcome in ('', 'done', 'partly', 'not_done')),
    note text not null default '', before_id text, after_id text, score real, matched integer,
    checked_at text not null, checked_by text not null, unique (inspection_id, hazard_id)
) strict;
create table film_gap (
    id text primary key, inspection_id text not null references inspection (id), step text not null,
    reason text not null, noted_at text not null, noted_by text not null, unique (inspection_id, step)
) strict;
create table custody (
    id text primary key, inspection_id text, evidence_id text not null, sha256 text not null,
    act text not null check (act in ('open', 'print', 'export', 'play', 'redact')), at text not null,
    done_by text not null, detail text not null default ''
) strict;
create index custody_evidence on custody (evidence_id, at);
create trigger custody_is_final before update on custody begin select raise(abort, 'custody never changes'); end;
create trigger custody_stays before delete on custody begin select raise(abort, 'custody never goes'); end;
"""
