"""ServeForm: how a notice was handed over: signed for, refused, left or posted; to whom, why, before whom.

form.show_notice(receiver) begins anew ; form.choose(ServingMethod.REFUSED) ; form.draft() -> ServingDraft | None
form.show_photo(sha256, name) ; form.refuse(error) puts what the core refuses under its field
Signals: `from_visit()`, `from_file()` where a photo shall come from.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.errors import InspectorError
from inspector.ids import Sha256
from ui.messages import message, reason
from ui.models.moments import read_day_time
from ui.text import tr
from ui.views.notices.paper_words import REFUSAL_REASONS, method_word, receiver_word
from ui.views.notices.serve_photo import ServePhoto
from ui.views.notices.side_form import SideForm
from ui.widgets.fields import TextField
from ui.widgets.form import FieldRow
from ui.widgets.painted import Themed
from ui.widgets.segment import Choice, Segment
from ui.widgets.thumbs import Thumbs

OTHER = "other"
_UNSIGNED = (ServingMethod.REFUSED, ServingMethod.LEFT)


class ServeForm(Themed, QWidget):
    """See the module text."""

    from_visit = Signal()
    from_file = Signal()

    def __init__(self, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.method, self.why = Segment(), Segment()
        self.receiver, self.letter, self.other = TextField(), TextField(), TextField()
        self.witness, self.moment = TextField(), TextField()
        self.photo = ServePhoto(thumbs)
        self.form = SideForm()
        self._build()
        self.method.chosen.connect(lambda _value: self._arrange())
        self.why.chosen.connect(lambda _value: self._arrange())
        self.photo.from_visit.connect(self.from_visit)
        self.photo.from_file.connect(self.from_file)
        for row, field in (
            (self.receiver_row, self.receiver),
            (self.letter_row, self.letter),
            (self.other_row, self.other),
            (self.witness_row, self.witness),
            (self.moment_row, self.moment),
        ):
            field.drafted.connect(partial(_clear_row, row))
        self.retranslate()
        self.choose(ServingMethod.SIGNED)

    def _build(self) -> None:
        self.method_row = self.form.add("", self.method)
        self.receiver_row = self.form.add("", self.receiver)
        self.letter_row = self.form.add("", self.letter)
        self.why_row = self.form.add("", self.why)
        self.other_row = self.form.add("", self.other)
        self.witness_row = self.form.add("", self.witness)
        self.photo_row = self.form.add("", self.photo)
        self.moment_row = self.form.add("", self.moment, optional=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    # --- showing ---------------------------------------------------------------

    def show_notice(self, receiver: str) -> None:
        """Begin anew; `receiver` is who was there for the party."""
        for field in (self.letter, self.other, self.witness, self.moment):
            field.set_value("")
        self.receiver.set_value(receiver)
        self.why.set_value("")
        self.photo.show_photo(None, "")
        self.choose(ServingMethod.SIGNED)
        self._clear()

    def choose(self, method: ServingMethod) -> None:
        """Stand on a method."""
        self.method.set_value(method)
        self._arrange()

    def chosen(self) -> ServingMethod:
        """Return the method that is chosen."""
        return ServingMethod(self.method.value() or ServingMethod.SIGNED)

    def refuse(self, error: InspectorError) -> bool:
        """Say under its field what the core refuses; False if the error is of no field here."""
        row = self._row_of(str(error.facts.get("field") or ""))
        if row is None:
            return False
        row.show_error(reason(error) or message(error).sentence)
        row.field.setFocus()
        return True

    def _row_of(self, field: str) -> FieldRow | None:
        if field == "reason":
            if self.chosen() is ServingMethod.POSTED:
                return self.letter_row
            return self.other_row if self.why.value() == OTHER else self.why_row
        rows = {
            "receiver": self.receiver_row,
            "witness": self.witness_row,
            "photo": self.photo_row,
            "served_at": self.moment_row,
        }
        return rows.get(field)

    def _arrange(self) -> None:
        """Ask for what this method needs, and for nothing else."""
        method = self.chosen()
        is_unsigned = method in _UNSIGNED
        shown = {
            self.letter_row: method is ServingMethod.POSTED,
            self.why_row: is_unsigned,
            self.other_row: is_unsigned and self.why.value() == OTHER,
            self.witness_row: is_unsigned,
        }
        for row, is_shown in shown.items():
            row.setVisible(is_shown)
        self.receiver_row.set_label(receiver_word(method))
        self.photo_row.set_hint(self._photo_hint(method))
        self._clear()

    def _photo_hint(self, method: ServingMethod) -> str:
        if method in _UNSIGNED:
            return tr("见证人与照片至少有一样")
        if method is ServingMethod.POSTED:
            return tr("可附寄件凭证的照片")
        return tr("签字页的照片随本次检查保存")

    def _clear(self) -> None:
        for row in self.form.rows():
            row.clear_error()

    # --- asking ----------------------------------------------------------------

    def draft(self) -> ServingDraft | None:
        """Return what is filled in; None while something is missing, which is then said under its field."""
        self._clear()
        method = self.chosen()
        why = self._asked_reason(method)
        receiver, witness = self.receiver.value().strip(), self.witness.value().strip()
        if method is not ServingMethod.LEFT and not receiver:
            self.receiver_row.show_error(tr("{field}还没有填", field=receiver_word(method)))
        if method in _UNSIGNED and not witness and self.photo.sha256 is None:
            self.witness_row.show_error(tr("请写见证人，或附照片"))
        typed = self.moment.value().strip()
        moment = read_day_time(typed)
        if typed and moment is None:
            self.moment_row.show_error(tr("请按 2026-11-20 10:02 的样子写"))
        wrong = self.form.first_error()
        if wrong is not None:
            wrong.field.setFocus()
            return None
        return ServingDraft(
            method=method,
            receiver=receiver,
            reason=why,
            witness=witness if method in _UNSIGNED else "",
            served_at=moment,
            photo_sha256=Sha256(self.photo.sha256) if self.photo.sha256 else None,
        )

    def _asked_reason(self, method: ServingMethod) -> str:
        if method is ServingMethod.POSTED:
            letter = self.letter.value().strip()
            if not letter:
                self.letter_row.show_error(tr("{field}还没有填", field=tr("邮件号")))
            return letter
        if method not in _UNSIGNED:
            return ""
        chosen = self.why.value()
        if not chosen:
            self.why_row.show_error(tr("请选择理由"))
            return ""
        if chosen != OTHER:
            return REFUSAL_REASONS[chosen]
        said = self.other.value().strip()
        if not said:
            self.other_row.show_error(tr("请写明理由"))
        return said

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.method.set_choices([Choice(method, method_word(method)) for method in ServingMethod])
        why = {"silent": tr("未说明"), "objects": tr("有异议"), "absent": tr("不在场"), OTHER: tr("其他")}
        self.why.set_choices([Choice(value, word) for value, word in why.items()])
        words = {
            self.method_row: tr("送达方式"),
            self.receiver_row: receiver_word(self.chosen()),
            self.letter_row: tr("邮件号"),
            self.why_row: tr("理由"),
            self.other_row: tr("写明理由"),
            self.witness_row: tr("见证人"),
            self.photo_row: tr("签字页照片"),
            self.moment_row: tr("送达时间"),
        }
        for row, word in words.items():
            row.set_label(word)
        self.moment.setPlaceholderText(tr("空着就是现在"))
        self.form.arrange_labels()
        self.photo_row.set_hint(self._photo_hint(self.chosen()))


def _clear_row(row: FieldRow, _text: str) -> None:
    """What is being mended is no longer wrong."""
    row.clear_error()
