"""Searching while typing: 10,000 sites in the store of 36,000 hazards, catalogue, statutes; plain SQL beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from inspector.app import App
from inspector.law import statute_text
from inspector.law.article_numbers import ArticleNumber, chinese
from inspector.law.statutes import printed_article
from inspector.store.journal import Act
from tests.bench.measure import Measured, measured, times
from ui.palette_search import find, read_index

SITES = 10_000
_KINDS = ("仓储", "化工", "商贸", "食品", "机械", "物流", "纺织", "建材", "酒店", "电子")
_TYPED = ("示例", "仓储", "sl", "slcc", "有限公司", "物流 7", "91500", "91500112", "纺织 示例 3", "酒店", "jd", "77 号")
_DANGERS = ("出口", "ck", "aqck", "消火栓", "xhs", "叉车", "堵塞", "kd", "通风", "电池", "液化气", "jz")
_LAWS = (
    "的",
    "安全",
    "安全出口",
    "aqscf 99",
    "99(1)(二)",
    "九十九条",
    "法律责任",
    "flzr",
    "罚款 逾期",
    "仓库 3",
    "zh",
    "培训",
)
STATUTES = Path(__file__).resolve().parents[3] / "shared" / "data" / "statutes"
ROUNDS = 5


def fill_sites(app: App) -> None:
    """Register sites through the journal, in few transactions."""
    session = app._session
    for start in range(0, SITES, 1000):
        with session.vault.gateway.write() as tx:
            for n in range(start, start + 1000):
                session.record(tx, Act(kind="create", type="site", subject=f"bench-{n}", changes=_site(app, n)))


def _site(app: App, n: int) -> dict[str, str]:
    return {
        "office_id": app.office.id, "name": _name(n), "credit_code": f"91500112MABENCH{n:05}"[:18],
        "address": f"示例区示例大道{n} 号", "responsible_person": "示某", "position": "经理",
        "phone": "13900000000", "industry": "LOG", "status": "active",
    }  # fmt: skip


def _name(n: int) -> str:
    return f"示例{n}{_KINDS[n % len(_KINDS)]}有限公司"


def searched(app: App, scratch: Path) -> list[Measured]:
    """What each keystroke asks, warm: sites by name, initials, code, address; hazards of the catalogue."""
    plain = sqlite3.connect(scratch / "sites.db")
    plain.execute("create table site (name, credit_code, address)")
    rows = [(_name(n), f"91500112MABENCH{n:05}"[:18], f"示例区示例大道{n} 号") for n in range(SITES)]
    plain.executemany("insert into site values (?, ?, ?)", rows)

    def peer(text: str) -> None:
        like = f"%{text.split(maxsplit=1)[0]}%"
        plain.execute(
            "select * from site where name like ? or credit_code like ? or address like ? order by name limit 50",
            (like, like, like),
        ).fetchall()

    for text in _TYPED:
        app.sites.list(text, 50)
    for text in _DANGERS:
        app.catalogue.search(text, limit=20)
    sites = times(lambda text: app.sites.list(text, 50), _TYPED * ROUNDS)
    peers = times(peer, _TYPED * ROUNDS)
    dangers = times(lambda text: app.catalogue.search(text, limit=20), _DANGERS * ROUNDS)
    index = read_index(app)
    found = times(lambda text: find(index, app, text, ()), _TYPED * ROUNDS)
    plain.close()
    palette = f"search: the palette, {len(index.records):,} records and the sites"
    return [
        measured(palette, found, "plain sqlite3: like %…%", peers, most_p95_ms=30),
        measured("search: 10,000 sites, 36,000 hazards", sites, "plain sqlite3: like %…%", peers, most_p95_ms=30),
        measured("search: the catalogue of hazards", dangers, "plain sqlite3: like %…%", peers, most_p95_ms=30),
    ]


def found_in_statutes(app: App, scratch: Path) -> Measured:
    """Each keystroke in the statute library: the 30 real texts where they are beside this clone, else invented ones."""
    folder = STATUTES if STATUTES.is_dir() else _invented(scratch / "statutes")
    report = app.library.import_folder(folder)
    plain = sqlite3.connect(scratch / "statutes.db")
    plain.execute("create table article (label, text)")
    versions, _ = statute_text.read_folder(folder)
    articles = [(one.label, "\n".join(printed_article(one))) for version in versions for one in version.articles()]
    plain.executemany("insert into article values (?, ?)", articles)

    def peer(text: str) -> None:
        like = f"%{text.split(maxsplit=1)[0]}%"
        plain.execute("select * from article where text like ? order by label limit 50", (like,)).fetchall()

    for text in _LAWS:
        app.library.search(text)
    ours = times(app.library.search, _LAWS * ROUNDS)
    peers = times(peer, _LAWS * ROUNDS)
    plain.close()
    what = f"search: statutes, {report.articles:,} articles of {report.laws} laws"
    return measured(what, ours, "plain sqlite3: like %…%", peers, most_p95_ms=30)


def _invented(folder: Path) -> Path:
    """Thirty statutes that nobody enacted, of seventy articles each."""
    folder.mkdir()
    for n in range(1, 31):
        lines = [f"# 示例安全条例之{chinese(n)}", "<!-- INFO END -->", "## 第一章 法律责任"]
        for no in range(1, 71):
            label = ArticleNumber(no).label()
            lines += [f"{label} 示例单位的仓库应当保持安全出口畅通，开展第{no}次培训；逾期的，处五千元以下的罚款："]
            lines += [f"（{chinese(item)}）示例情形{item}之安全要求；" for item in range(1, 6)]
        (folder / f"示例{n}(2020-01-01).md").write_text("\n".join(lines), encoding="utf-8")
    return folder
