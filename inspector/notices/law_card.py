"""普法卡: what is wrong at a firm, which article says so, what to do by when, whom to ask; one page, no threat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from inspector.notices.report import ReportSheet
from inspector.notices.text import Align

TITLE: Final = "安全生产普法卡"
_SIZES: Final = ((13.0, 22.0), (12.0, 20.0), (10.5, 16.5), (9.5, 14.0))
"""Size and pitch in points, tried until the card fits one page."""
_WEEKDAYS: Final = "一二三四五六日"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawCard:
    """What the card says. `articles`: citation and its words, empty words if the library has no text of it.

    `deadline` None: at once. `lenient` is the citation under which a first minor offence may go without a penalty,
    empty if nobody decided so.
    """

    site: str
    place: str
    description: str
    articles: Sequence[tuple[str, str]]
    requirement: str
    deadline: date | None
    is_stopped: bool
    office: str
    officers: Sequence[str]
    contact: str
    lenient: str
    at: datetime
    is_training: bool


class _Sheet(ReportSheet):
    """A report in larger letters, for somebody who doesn't read reports."""

    def say(self, words: str, size: tuple[float, float]) -> None:
        """Add running text."""
        self._put(words, *size, align=Align.JUSTIFY)

    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)


def draw(card: LawCard) -> bytes:
    """Return the card as PDF/A, on one page: letters get smaller, then the articles are named without their words.

    Only where even that is too long does it go on to a second page; nothing is ever cut.
    """
    bare = [(citation, "") for citation, _words in card.articles]
    tries = [(size, card.articles) for size in _SIZES] + [(_SIZES[-1], bare)]
    sheets = (_set(card, articles, size) for size, articles in tries)
    fitting = next((sheet for sheet in sheets if sheet.pages() == 1), None)
    return (fitting or _set(card, bare, _SIZES[-1])).finish(card.at)


def _set(card: LawCard, articles: Sequence[tuple[str, str]], size: tuple[float, float]) -> _Sheet:
    watermark = "演示" if card.is_training else ""
    sheet = _Sheet(title=TITLE, note=f"{card.office}　赠 {card.site}", watermark=watermark)
    sheet.heading("发现了什么")
    sheet.say(f"{card.place}：{_ended(card.description)}" if card.place else _ended(card.description), size)
    sheet.heading("法律怎么说")
    for citation, words in articles:
        sheet.say(f"{citation}：{words}" if words else f"{citation}（条文请查阅该文件）", size)
    if not articles:
        sheet.say("请向检查人员了解相关规定。", size)
    sheet.heading("怎么改")
    sheet.say(_ended(card.requirement) if card.requirement else "请消除上述隐患，并查找有没有同样的问题。", size)
    if card.is_stopped:
        sheet.say("改好以前，请停止相关作业，先保证人员安全。", size)
    sheet.heading("什么时候改好")
    sheet.say(_until(card.deadline), size)
    sheet.say("改好后请告诉我们，我们会来看一看。", size)
    if card.lenient:
        sheet.say(f"首次发生、情节轻微并及时改正的，可以不予行政处罚（{card.lenient}）。", size)
    sheet.heading("有疑问问谁")
    people = "、".join(card.officers)
    sheet.say(f"{card.office}{f'，{people}' if people else ''}{f'，{card.contact}' if card.contact else ''}。", size)
    sheet.say("本卡只作普法之用，不是行政决定，不收任何费用。", size)
    return sheet


def _until(deadline: date | None) -> str:
    if deadline is None:
        return "请现在就改。"
    day = f"{deadline.year}年{deadline.month}月{deadline.day}日（星期{_WEEKDAYS[deadline.weekday()]}）"
    return f"请在{day}以前改好。时间不够，请在到期以前告诉我们。"


def _ended(words: str) -> str:
    kept = words.strip()
    return kept if kept.endswith(("。", "！", "？", "；")) else f"{kept}。"
