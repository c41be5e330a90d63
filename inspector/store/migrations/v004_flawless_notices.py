"""v004: forms filled in, reasons for warnings, authority, checklists, signed pages, sheets. Frozen once released."""

SCHEMA = """
alter table notice add column about text;
alter table notice add column filled text not null default '{}';
alter table notice add column reasons text not null default '{}';
alter table notice add column draft_pack text not null default '';
alter table inspection add column kind text not null default 'routine';
alter table inspection add column is_enterprise integer not null default 1;
alter table inspection add column task_no text not null default '';
alter table inspection add column approval_no text not null default '';
alter table inspection add column approved_at text;
alter table inspection add column approved_by text not null default '';
alter table inspection add column is_urgent integer not null default 0;
alter table inspection add column entry_code text not null default '';
alter table inspection add column no_code_reason text not null default '';
alter table inspection add column no_code_filed_at text;
alter table inspection add column observers text not null default '[]';
alter table inspection add column recusal text not null default '{}';
alter table office add column principal text not null default '';
alter table office add column item_list text not null default '';
alter table office add column delegation_from text;
alter table office add column delegation_to text;
alter table office add column delegation_url text not null default '';
alter table site add column annual_cap integer;
alter table hazard add column soft_choice text not null default '';
alter table hazard add column soft_reason text not null default '';
create trigger filled_is_frozen before update on notice
when old.state <> 'draft' and (
    new.filled is not old.filled or new.reasons is not old.reasons or new.about is not old.about
)
begin select raise(abort, 'an issued notice is frozen'); end;
create table check_result (
    id text primary key, inspection_id text not null references inspection (id), code text not null,
    result text not null default '' check (result in ('', 'pass', 'fail', 'not_applicable')),
    note text not null default '', hazard_id text, checked_at text not null, checked_by text not null,
    unique (inspection_id, code)
) strict;
create table soft_step (
    id text primary key, inspection_id text not null references inspection (id), hazard_id text not null,
    step text not null check (step in ('persuade', 'demonstrate', 'warn', 'talk', 'order', 'penalise')),
    note text not null default '', taken_at text not null, taken_by text not null,
    is_removed integer not null default 0 check (is_removed in (0, 1)), removed_reason text not null default ''
) strict;
create index soft_step_hazard on soft_step (hazard_id, taken_at);
create table library (
    id text primary key, sha256 text not null check (length(sha256) = 64), laws integer not null,
    articles integer not null, imported_at text not null, imported_by text not null
) strict;
create table pack_install (
    id text primary key, name text not null, version text not null, sha256 text not null,
    effective_from text not null, effective_to text, signer text not null,
    installed_at text not null, installed_by text not null
) strict;
create table signed_page (
    id text primary key, notice_id text not null references notice (id), page integer not null,
    role text not null default '', evidence_id text not null, original_id text not null default '',
    corners text not null default '[]', added_at text not null, added_by text not null,
    is_removed integer not null default 0 check (is_removed in (0, 1)), removed_reason text not null default ''
) strict;
create index signed_page_notice on signed_page (notice_id, page);
create table pen_signature (
    id text primary key, notice_id text not null references notice (id), role text not null, signer text not null,
    facts_digest text not null, strokes text not null, signed_at text not null, witnessed_by text not null
) strict;
create table sealed_copy (
    id text primary key, notice_id text not null references notice (id), sha256 text not null,
    certificate text not null, sealed_at text not null, sealed_by text not null
) strict;
create table sheet (
    id text primary key, serial text not null unique, state text not null
        check (state in ('used', 'spoiled', 'returned')),
    notice_id text, print_id text, reason text not null default '', noted_at text not null, noted_by text not null
) strict;
create table number_return (
    id text primary key, lease_id text not null references lease (id), first integer not null, last integer not null,
    reason text not null, returned_at text not null, returned_by text not null
) strict;
"""
