"""The status language: shape + word + colour, always all three (look.md §7).

`badge("hazard.major")` → Badge; `badge("due.soon", n=2)` fills the word. A Badge is what Tag shows and what a Row of
a list carries; it holds role names, never colours, so it survives a theme change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ui.text import fill, tr
from ui.theme.tokens import tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """One status: icon name, word, and the colour roles it wears. Empty `bg` and `line`: no box."""

    word: str
    icon: str = ""
    fg: str = "text2"
    icon_fg: str = ""
    bg: str = ""
    line: str = ""
    is_bold: bool = False

    @property
    def has_box(self) -> bool:
        """Whether a box is drawn round it."""
        return bool(self.bg or self.line)

    def bare(self) -> Badge:
        """Return it without its box, for narrow lists: the solid red becomes red ink."""
        fg = "danger" if self.bg == "dangerFill" else self.fg
        return Badge(word=self.word, icon=self.icon, fg=fg, icon_fg=self.icon_fg, is_bold=self.is_bold)


def _word(key: str, **values: object) -> str:
    """Return the word of a status in the language that is on; literals here so that the translation test sees them."""
    words = {
        "hazard.general": tr("一般"),
        "hazard.major": tr("重大"),
        "due.normal": tr("{day} 前"),
        "due.soon": tr("剩 {n} 天"),
        "due.over": tr("逾期 {n} 天"),
        "law.valid": tr("现行有效"),
        "law.review": tr("待法制审核"),
        "law.repealed": tr("已废止"),
        "save.saved": tr("已保存 {at}"),
        "save.saving": tr("正在保存"),
        "save.unsaved": tr("未保存"),
        "send.waiting": tr("待送 {n}"),
        "send.r1": tr("已收存"),
        "send.r2": tr("已核验"),
        "handover.yes": tr("可以交接"),
        "handover.no": tr("还差 {n} 张"),
        "net.offline": tr("离线 {n} 天"),
        "net.lan": tr("局域网"),
    }
    return fill(words[key], **values)


def badge(key: str, **values: object) -> Badge:
    """Return the badge of a status key of tokens.json; `values` fill its word (n, day, at). KeyError if unknown."""
    spec = tokens()["status"][key]
    return Badge(
        word=_word(key, **values),
        icon=spec["icon"],
        fg=spec["fg"],
        icon_fg=spec.get("iconFg", ""),
        bg=spec.get("bg", ""),
        line=spec.get("line", ""),
        is_bold=spec.get("bold", False),
    )


def due(deadline: date | None, today: date) -> Badge:
    """Return the badge of a deadline: 立即整改, 今天到期, 剩 n 天 (≤ 3), 逾期 n 天 or MM-DD 前."""
    if deadline is None:
        return Badge(word=tr("立即整改"), icon="clock-hour-4")
    left = (deadline - today).days
    if left < 0:
        return badge("due.over", n=-left)
    if left == 0:
        soon = badge("due.soon", n=0)
        return Badge(word=tr("今天到期"), icon=soon.icon, fg=soon.fg, bg=soon.bg, line=soon.line)
    if left <= 3:
        return badge("due.soon", n=left)
    return badge("due.normal", day=f"{deadline:%m-%d}")
