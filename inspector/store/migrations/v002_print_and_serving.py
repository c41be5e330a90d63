"""v002: what was printed and how it was handed over. Frozen once released."""

SCHEMA = """
create table print_run (
    id text primary key, notice_id text not null references notice (id), printer text not null,
    copies integer not null check (copies between 1 and 99),
    sides text not null check (sides in ('one-sided', 'two-sided-long-edge')),
    first_page integer not null check (first_page >= 1), last_page integer not null check (last_page >= first_page),
    is_reprint integer not null check (is_reprint in (0, 1)), reason text not null default '',
    state text not null default 'sent' check (state in ('sent', 'done', 'failed', 'cancelled')),
    asked_at text not null, ended_at text, sheets_done integer check (sheets_done >= 0), fault text,
    check (is_reprint = (reason <> '')), check ((state = 'sent') = (ended_at is null))
) strict;
create index print_run_notice on print_run (notice_id);
create trigger print_run_ends_once before update on print_run
when old.state <> 'sent' or new.notice_id is not old.notice_id or new.printer is not old.printer
    or new.copies is not old.copies or new.sides is not old.sides or new.first_page is not old.first_page
    or new.last_page is not old.last_page or new.is_reprint is not old.is_reprint or new.reason is not old.reason
    or new.asked_at is not old.asked_at
begin select raise(abort, 'a print run ends once'); end;
create trigger print_run_stays before delete on print_run begin select raise(abort, 'a print run never goes'); end;
create table serving (
    id text primary key, notice_id text not null references notice (id),
    method text not null check (method in ('signed', 'refused', 'left', 'posted')), receiver text not null,
    reason text not null, witness text not null, served_at text not null, photo_sha256 text,
    recorded_by text not null, check (photo_sha256 is null or length(photo_sha256) = 64)
) strict;
create index serving_notice on serving (notice_id);
create trigger serving_is_final before update on serving begin select raise(abort, 'a serving never changes'); end;
create trigger serving_stays before delete on serving begin select raise(abort, 'a serving never goes'); end;
"""
