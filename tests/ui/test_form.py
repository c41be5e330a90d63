"""Forms and text areas keep still: labels go above where they must, and lines that fit never scroll."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.looks import demand_good_looks
from ui.theme.look import look
from ui.widgets.fields import NumberField, TextField
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.panel import ScrollPane
from ui.widgets.text_area import TextArea


class CountedForm(Form):
    """Counts how often it was arranged."""

    arranged = 0

    def _arrange(self) -> None:
        self.arranged += 1
        super()._arrange()


@pytest.fixture
def form(qtbot) -> CountedForm:
    made = CountedForm()
    made.add("隐患描述", TextField())
    made.add("整改期限", NumberField(1, 365), beside=[Label("日"), Label("2026-12-11 周五前", elide=False)])
    made.add("整改要求", TextArea())
    pane = ScrollPane(made)
    qtbot.addWidget(pane)
    pane.show()
    made.pane = pane  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_labels_and_scroll_pane_never_chase_each_other(form: CountedForm, qtbot, zoom: float):
    look().set_zoom(zoom)
    stacked: list[bool] = []
    for width in range(240, 900, 7):
        form.pane.resize(width, 400)  # type: ignore[attr-defined]
        form.arranged = 0
        for _ in range(5):
            QApplication.processEvents()
        assert form.arranged <= 3
        stacked.append(form.rows()[0].label.y() < form.rows()[0].field.y())
    assert stacked[0]
    assert not stacked[-1]
    assert stacked == sorted(stacked, reverse=True)  # it changes once, from above to beside


def test_a_form_that_was_not_laid_out_yet_asks_for_its_place_beside(qtbot):
    made = Form()
    made.add("单位名称", TextField())
    assert made.sizeHint().width() > made.minimumSizeHint().width()


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_as_many_lines_as_a_text_area_promises_do_not_scroll(qtbot, rows: int):
    area = TextArea(rows=rows, name="整改要求")
    qtbot.addWidget(area)
    area.resize(300, area.sizeHint().height())
    area.show()
    area.set_value("\n".join("清理通道" for _ in range(rows)))
    assert area.verticalScrollBar().maximum() == 0
    area.set_value("\n".join("清理通道" for _ in range(rows + 1)))
    assert area.verticalScrollBar().maximum() > 0


def test_a_text_area_grows_with_its_text_up_to_its_most(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    area = TextArea(rows=2, most=4, name="整改要求", parent=holder)
    holder.resize(320, 400)
    holder.show()
    heights: list[int] = []
    for lines in range(1, 7):
        area.set_value("\n".join("清理通道" for _ in range(lines)))
        area.resize(300, area.sizeHint().height())
        heights.append(area.height())
        assert (area.verticalScrollBar().maximum() > 0) is (lines > 4)
    step = look().theme.line_height("body")
    assert heights == [heights[0], heights[0], heights[0] + step, heights[0] + 2 * step, *[heights[0] + 2 * step] * 2]
    demand_good_looks(qtbot, holder)
