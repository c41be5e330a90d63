"""FindingsPane 核发体检: what stands against issuing, what was passed, what nobody can judge here.

pane.show_reading(reading) ; signals `followed(field)` the dotted place a finding points to,
`basis_wanted(Citation)`, `explained(key, reason)` why a warning is overridden ("": taken back)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.law.notice_facts import Finding
from inspector.law.rules import Rule
from ui.models.citation_links import first_readable
from ui.models.document_words import label_of
from ui.models.finding_words import link_word, place_word, sentence
from ui.text import is_english, tr
from ui.views.notices.reason_box import ReasonBox
from ui.views.notices.record import NoticeReading
from ui.widgets.bar import Bar
from ui.widgets.finding import FindingCard
from ui.widgets.fold import Fold
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, ScrollPane


class FindingsPane(Themed, QWidget):
    """See the module text."""

    followed = Signal(str)
    basis_wanted = Signal(object)
    explained = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: NoticeReading | None = None
        self.header = PaneHeader()
        self.score = Label(role="display", elide=False)
        self.out_of = Label(color="text2", elide=False)
        self.verdict = Label(color="text2")
        self.bar = Bar()
        self._cards = QVBoxLayout()
        self.cards: list[FindingCard] = []
        self.reasons: dict[str, ReasonBox] = {}
        self._half: dict[str, str] = {}
        self.passed = Fold("filled/circle-check", "ok")
        self.unjudged = Fold("info-circle", "text2")
        self._build()
        self.retranslate()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.score)
        top.addWidget(self.out_of)
        top.addWidget(self.verdict, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addLayout(self._cards)
        column.addWidget(self.passed)
        column.addWidget(self.unjudged)
        column.addStretch(1)
        self._top, self._column = top, column
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        self.scroller = ScrollPane(inside)
        outer.addWidget(self.scroller, 1)
        inside.setAutoFillBackground(False)
        self.restyle()

    def show_reading(self, reading: NoticeReading) -> None:
        """Show what was found about a draft."""
        if self._reading is not None and self._reading.notice.id != reading.notice.id:
            self._half.clear()
        self._reading = reading
        findings = reading.preview.findings
        passed, total = len(reading.passed), len(reading.judged)
        self.header.set_note(tr("规则包 {version}", version=reading.pack))
        self.score.setText(str(passed))
        self.out_of.setText(f"/ {total}")
        self.bar.show_share(passed / total if total else 1.0, name=tr("通过 {n}，共 {total}", n=passed, total=total))
        self.verdict.setText(verdict(findings))
        self._show_cards(reading, findings)
        english = is_english()
        lines = [tr("未发现：{what}", what=rule.message_en if english else rule.message_zh) for rule in reading.passed]
        self.passed.show_lines(tr("{n} 项通过", n=passed), lines)
        names = [_not_judged(reading, rule) for rule in reading.not_judged]
        self.unjudged.setVisible(bool(names))
        self.unjudged.show_lines(tr("{n} 项本机不判断，请自行把关", n=len(names)), names)

    def _show_cards(self, reading: NoticeReading, findings: Sequence[Finding]) -> None:
        had = next((n for n, card in enumerate(self.cards) if card.hasFocus()), None)
        typing = next((key for key, box in self.reasons.items() if box.area.hasFocus()), "")
        for card in self.cards:
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards, self.reasons = [], {}
        for finding in findings:
            card = self._card(reading, finding)
            self._cards.addWidget(card)
            self.cards.append(card)
        if typing in self.reasons:
            self.reasons[typing].area.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had is not None and self.cards:
            self.cards[min(had, len(self.cards) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, reading: NoticeReading, finding: Finding) -> FindingCard:
        title = _title(reading, finding)
        card = FindingCard(
            code=finding.rule if finding.rule[:1].isupper() else "",
            severity=finding.severity,
            title=title,
            text=sentence(finding),
            link=link_word(finding.field),
        )
        card.followed.connect(partial(self._follow, finding.field))
        card.selected.connect(partial(self._mark, card))
        readable = first_readable(finding.citations)
        if readable is not None:
            card.offer_basis(tr("看依据"))
            card.basis_wanted.connect(partial(self.basis_wanted.emit, readable))
        if not finding.is_blocking:
            box = ReasonBox(reading.explained.get(finding.key), self._half.get(finding.key), title)
            box.typed.connect(partial(self._half.__setitem__, finding.key))
            box.saved.connect(partial(self._save, finding.key))
            card.hold(box)
            self.reasons[finding.key] = box
        return card

    def _save(self, key: str, reason: str) -> None:
        self._half.pop(key, None)
        self.explained.emit(key, reason)

    def _follow(self, field: str, _code: str) -> None:
        if link_word(field):
            self.followed.emit(field)

    def _mark(self, chosen: FindingCard, _code: str) -> None:
        for card in self.cards:
            card.set_selected(card is chosen)

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.header.set_title(tr("核发体检"))
        if self._reading is not None:
            self.show_reading(self._reading)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u = self.theme.u
            self._column.setContentsMargins(u(20), u(16), u(20), u(20))
            self._column.setSpacing(u(12))
            self._cards.setSpacing(u(10))
            self._top.setSpacing(u(8))
        super().restyle()


def _title(reading: NoticeReading, finding: Finding) -> str:
    """Return where a finding points: a field by its label, else the place as the window calls it."""
    fields = reading.filling.fields if reading.filling is not None else ()
    own = next((view.field for view in fields if f"filled.{view.field.key}" == finding.field), None)
    return label_of(own) if own is not None else place_word(finding.field, reading.hazards)


def _not_judged(reading: NoticeReading, rule: Rule) -> str:
    """Return a rule that nobody judges here, and why: R171 …（尚未导入法规全文）."""
    said = rule.message_en if is_english() else rule.message_zh
    why = reading.why_not.get(rule.id, "")
    return tr("{id}　{rule}（{why}）", id=rule.id, rule=said, why=why) if why else f"{rule.id}\u3000{said}"


def why_not_issue(reading: NoticeReading, me: str) -> str:
    """Say why officer `me` can't issue it now, empty if they can."""
    if reading.second_officer(me) is None:
        return tr("请由本次检查的执法人员核发")
    return "" if reading.preview.is_issuable else verdict(reading.preview.findings)


def verdict(findings: Sequence[Finding]) -> str:
    """Return the one sentence beside the count."""
    errors = sum(one.is_blocking for one in findings)
    warnings = sum(one.is_open for one in findings) - errors
    told = sum(not one.is_blocking and not one.is_open for one in findings)
    if errors and warnings:
        return tr("{n} 项必须处理，{m} 项需说明", n=errors, m=warnings)
    if errors:
        return tr("{n} 项必须处理", n=errors)
    if warnings:
        return tr("{m} 项需说明理由", m=warnings)
    if told:
        return tr("可以核发，{m} 项已说明", m=told)
    return tr("全部通过，可以核发")
