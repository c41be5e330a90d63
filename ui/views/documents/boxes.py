"""Which box fills in which type of field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from inspector.law.documents import DocumentField
from inspector.services.documents import FieldView
from ui.views.documents.choice_boxes import SeveralBox, TickBox, box_of_choice, choices_of
from ui.views.documents.field_box import FieldBox
from ui.views.documents.list_box import LawsBox, ListBox
from ui.views.documents.questions_box import QuestionsBox
from ui.views.documents.table_box import TableBox
from ui.views.documents.text_boxes import DayBox, MomentBox, MoneyBox, NumberBox, ParagraphBox, TextBox

_BOXES: Final[Mapping[str, Callable[[DocumentField], FieldBox]]] = {
    "text": TextBox,
    "multiline": ParagraphBox,
    "date": DayBox,
    "datetime": MomentBox,
    "multi_enum": SeveralBox,
    "int": NumberBox,
    "money": MoneyBox,
    "bool": TickBox,
    "person": TextBox,
    "phone": TextBox,
    "idcard": TextBox,
    "list": ListBox,
    "table": TableBox,
    "qa_list": QuestionsBox,
    "law_refs": LawsBox,
}


def box_of(view: FieldView) -> FieldBox:
    """Return an empty box for a field."""
    field = view.field
    if field.type == "enum":
        return box_of_choice(field, choices_of(field))
    if field.type == "doc_ref":
        return box_of_choice(field, view.choices)
    return _BOXES[field.type](field)
