"""What comes down: register pages and number blocks, whole, once, and never over unsettled work of ours."""

from __future__ import annotations

import msgspec

from inspector.demo import sample
from inspector.domain.notice import ON_EVERY_VISIT
from inspector.domain.site import Site
from inspector.hq.register import Register
from inspector.law import forms
from inspector.protocol.entry import decode
from inspector.services.sites import SiteService
from inspector.store import notices, settings, sites
from inspector.store.journal import Act
from inspector.store.replay import verify
from inspector.sync import kept
from inspector.sync.progress import SyncState
from tests.builders import ZHANG
from tests.sync.conftest import Headquarters, Laptop, demand_agreement, patient
from tests.sync.faults import DROP_AFTER, PASS, Call, Link, Order


def many_sites(count: int) -> Register:
    first = sample.sites()[0]
    records = [first | {"id": f"site-{n:04d}", "name": f"示例第{n}号仓库"} for n in range(count)]
    return msgspec.convert({"sites": records}, Register)


def one_site(**fields: str) -> Register:
    return msgspec.convert({"sites": [sample.sites()[0] | fields]}, Register)


def adopted(laptop: Laptop) -> int:
    return sum(decode(raw).kind == "adopt" for raw in laptop.entries())


def stored(laptop: Laptop, site_id: str = "site-sample-01") -> Site:
    with laptop.vault.gateway.read() as tx:
        return sites.get(tx, site_id)


def test_new_sites_come_page_by_page_and_can_be_found(hq: Headquarters, laptop: Laptop) -> None:
    patient(laptop)
    before = adopted(laptop)
    hq.service.import_register(many_sites(450))
    report = laptop.sync()
    assert (report.state, report.adopted, adopted(laptop) - before) == (SyncState.DONE, 450, 3)
    assert [one.id for one in SiteService(laptop.session).list("第449号")] == ["site-0449"]
    assert report.is_handover_ready, "the entries that the sync made went up with it"
    demand_agreement(hq, laptop)
    checked = verify(
        laptop.vault.gateway,
        laptop.vault.blobs,
        device=laptop.vault.device,
        key=laptop.vault.device_key.public,
        genesis=laptop.vault.genesis,
    )
    assert checked.faults == ()


def test_a_pull_that_is_cut_goes_on_at_the_same_page(hq: Headquarters, laptop: Laptop, link: Link) -> None:
    patient(laptop)
    hq.service.import_register(many_sites(450))
    pages = 0

    def cut_second_page(call: Call) -> Order:
        nonlocal pages
        pages += call.path.startswith("/v1/register")
        return DROP_AFTER if pages > 1 else PASS

    link.decide = cut_second_page
    report = laptop.sync()
    assert (report.state, report.adopted) == (SyncState.INTERRUPTED, 200)
    link.decide = lambda _: PASS
    assert patient(laptop, runs=1).adopted == 250


def test_what_is_in_the_register_already_makes_no_entry(hq: Headquarters, laptop: Laptop) -> None:
    patient(laptop)
    before = laptop.entries()
    hq.service.import_register(one_site())
    patient(laptop)
    assert laptop.entries() == before


def test_a_pull_waits_until_our_own_change_has_gone_up(hq: Headquarters, laptop: Laptop, link: Link) -> None:
    patient(laptop)
    hq.service.import_register(one_site(phone="000-0000 9999"))
    pushed_before: list[int] = []

    def change_meanwhile(call: Call) -> Order:
        if call.path.startswith("/v1/register") and not pushed_before:
            pushed_before.append(len(hq.entries(laptop.vault.device)))
            act = Act(kind="patch", type="site", subject="site-sample-01", changes={"position": "库长"})
            with laptop.vault.gateway.write() as tx:
                laptop.vault.journal.record(tx, act, actor=ZHANG)
        return PASS

    link.decide = change_meanwhile
    report = laptop.sync()
    assert report.state is SyncState.DONE
    assert stored(laptop).phone == "000-0000 9999"
    kinds = [decode(raw).kind for raw in hq.entries(laptop.vault.device)[pushed_before[0] :]]
    assert kinds.index("patch") < kinds.index("adopt")


def test_the_answer_to_a_lease_gets_lost_and_no_number_with_it(hq: Headquarters, laptop: Laptop, link: Link) -> None:
    link.decide = lambda call: DROP_AFTER if call.path == "/v1/leases" else PASS
    report = laptop.sync()
    assert (report.state, report.leased) == (SyncState.INTERRUPTED, 0)
    link.decide = lambda _: PASS
    patient(laptop, runs=1)
    with laptop.vault.gateway.read() as tx:
        spans = {(one.form.value, one.first, one.last) for one in notices.leases(tx)}
    assert spans == {(form.value, 1, 50 if form in ON_EVERY_VISIT else 20) for form in forms.numbered()}


def test_few_numbers_left_bring_a_new_block(laptop: Laptop) -> None:
    patient(laptop)
    with laptop.vault.gateway.write() as tx:
        tx.run("update lease set next_number = 43 where form = 'ZLZG'")  # 8 left: enough
    assert laptop.sync().leased == 0
    with laptop.vault.gateway.write() as tx:
        tx.run("update lease set next_number = 44 where form = 'ZLZG'")
    assert laptop.sync().leased == 50
    with laptop.vault.gateway.read() as tx:
        spans = {(one.first, one.last) for one in notices.leases(tx) if one.form.value == "ZLZG"}
    assert spans == {(1, 50), (51, 100)}


def test_two_laptops_never_get_the_same_number(hq: Headquarters, laptop: Laptop) -> None:
    folder = laptop.folder / "second"
    folder.mkdir()
    second = Laptop.enrolled(folder, hq.url, hq.code(), "示例-02")
    seen: set[tuple[str, int]] = set()
    for one in (laptop, second):
        patient(one)
        with one.vault.gateway.read() as tx:
            numbers = {
                (lease.form.value, n) for lease in notices.leases(tx) for n in range(lease.first, lease.last + 1)
            }
        assert not numbers & seen
        seen |= numbers
    second.vault.close()


def test_a_laptop_that_is_years_off_borrows_for_the_right_year(laptop: Laptop) -> None:
    laptop.vault.clock.wall_ms = 978_307_200_000  # 2001
    report = laptop.sync()
    assert report.state is SyncState.DONE
    with laptop.vault.gateway.read() as tx:
        assert {one.year for one in notices.leases(tx)} != {2001}
        offset = int(settings.setting(tx, kept.CLOCK_OFFSET))
    assert offset > 24 * 365 * 86_400_000


def test_without_its_setting_the_cursor_is_read_from_the_journal(laptop: Laptop, link: Link) -> None:
    with laptop.vault.gateway.write() as tx:
        known = settings.setting(tx, kept.CURSOR)
        settings.keep_setting(tx, kept.CURSOR, "")
    assert int(known or "1") > 0
    assert laptop.sync().adopted == 0
    (asked,) = [call.path for call, _ in link.calls if call.path.startswith("/v1/register")]
    assert int(asked.partition("cursor=")[2]) > 0
