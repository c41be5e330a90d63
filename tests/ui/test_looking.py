"""Seeing: each check finds the fault it is for and is silent about the same thing done right; the main screens hold."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from tests.builders import PASSPHRASE
from tests.ui.conftest import put
from ui import screenshots
from ui.context import doors
from ui.looking import clipped, contrast, fitting, key_clash, naming, overlap, tofu, wording
from ui.looking.checks import faults
from ui.looking.dresses import BATCHES, DRESSES, batch
from ui.looking.guide import Guide
from ui.looking.painted_text import painted_texts
from ui.looking.run import Seeing, expected, ordered
from ui.looking.scene import Fault, Scene
from ui.looking.screens import SCREENS, Stage, screens
from ui.looking.sheet import draw
from ui.looking.shoot import unlock
from ui.text import words
from ui.theme.look import look
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.keys import bind_key
from ui.widgets.label import Label, Paragraph
from ui.widgets.panel import ScrollPane
from ui.widgets.rows import Row, RowList

FIRM = "示例庚建筑工程有限公司"


def wrong(check, stage):
    """What a check says of a window, as (text, why)."""
    return [(fault.text, fault.why) for fault in check.find(Scene(stage))]


class Inked(QWidget):
    """Draws one text in a colour on a ground, as a careless screen would."""

    def __init__(self, ink="#16202e", ground="#ffffff", text="隐患"):
        super().__init__()
        self.ink, self.ground, self.text = ink, ground, text
        self.setFixedSize(120, 40)

    def paintEvent(self, _event):
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.ground)
            painter.setFont(look().theme.font("body"))
            painter.setPen(self.ink)
            painter.drawText(12, 26, self.text)


# --- what is painted -------------------------------------------------------------------------------------------------


def test_painted_text_is_read_with_place_ink_and_size(stage):
    label = put(stage, Label("核发 3 份 <a&b>", role="meta", color="text2", elide=False))
    (seen,) = painted_texts(label)
    theme = look().theme
    assert (seen.text, seen.ink, seen.px) == ("核发 3 份 <a&b>", theme.color("text2").name(), 13)
    assert seen.rect.left() == 0
    assert seen.rect.right() == pytest.approx(theme.metrics("meta").horizontalAdvance("核发 3 份 <a&b>"), abs=1)
    assert seen.family == "Noto Sans CJK SC"


def test_rows_drawn_by_a_delegate_are_read_too(stage):
    rows = put(stage, RowList(name="单位"))
    rows.set_rows([Row(id="1", title=FIRM, second="示例区")])
    assert [seen.text.text for seen in Scene(stage).texts] == [FIRM, "示例区"]


# --- clipped ---------------------------------------------------------------------------------------------------------


def test_a_label_that_is_too_narrow_is_found(stage):
    label = put(stage, Label(FIRM, elide=False))
    assert wrong(clipped, stage) == []
    label.setFixedWidth(60)
    ((text, why),) = wrong(clipped, stage)
    assert text == FIRM
    assert "60 px width of Label" in why


def test_a_paragraph_taller_than_its_box_is_found(stage):
    box = put(stage, QWidget())
    paragraph = Paragraph("一" * 200, parent=box)
    paragraph.resize(300, paragraph.heightForWidth(300))
    paragraph.show()
    box.setFixedSize(300, paragraph.height())
    assert wrong(clipped, stage) == []
    box.setFixedSize(300, 30)
    assert any("of the 30 px height of QWidget" in why for _, why in wrong(clipped, stage))


def test_a_button_that_hangs_out_of_its_window_is_found(stage):
    button = Button("生成文书", parent=stage)
    button.setGeometry(stage.width() - 50, 100, 120, 36)
    button.show()
    (word, box) = wrong(clipped, stage)
    assert (word[0], "width of QWidget" in word[1]) == ("生成文书", True)
    assert box == ("", "50 of 120 px of its width can be seen")


def test_a_field_without_text_that_hangs_out_is_found_but_not_where_it_scrolls(stage):
    field = QLineEdit(stage)
    field.setGeometry(20, stage.height() - 10, 200, 36)
    field.show()
    assert wrong(clipped, stage) == [("", "10 of 36 px of its height can be seen")]
    content = QWidget()
    field.setParent(content)
    content.setFixedSize(300, 2000)
    field.move(20, 200)
    pane = put(stage, ScrollPane(content))
    pane.setFixedHeight(210)
    field.show()
    assert wrong(clipped, stage) == []


def test_elided_words_need_a_tooltip_and_names_are_never_elided(stage):
    long = "主通道畅通，货物未堵塞出口"
    label = put(stage, Label(long))
    label.setFixedWidth(80)
    assert wrong(clipped, stage) == []  # a Label brings its own tooltip
    label.setToolTip("")
    assert [why for _, why in wrong(clipped, stage)] == ["elided without a tooltip"]
    label.setText(FIRM)
    label.setFixedWidth(round(look().theme.metrics("body").horizontalAdvance("示例庚建筑工程有")) + 20)
    assert [why for _, why in wrong(clipped, stage)] == ["a name, number or date is elided"]


def test_a_row_that_is_cut_tells_the_rest_in_its_tooltip(stage):
    rows = put(stage, RowList(name="隐患"))
    rows.set_rows([Row(id="1", title="叉车充电区无通风和灭火措施", second="一层西侧充电区")])
    rows.setFixedWidth(160)
    assert "…" in Scene(stage).texts[0].text.text
    assert wrong(clipped, stage) == []
    tip = rows.model().index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "叉车充电区无通风和灭火措施\n一层西侧充电区"


def test_a_word_that_ends_in_dots_by_itself_is_not_elided(stage):
    put(stage, Button("作废…"))
    assert wrong(clipped, stage) == []


def test_a_value_longer_than_its_field_is_found(stage):
    field = put(stage, QLineEdit(FIRM * 3))
    other = put(stage, QLineEdit("short"))
    other.setFocus()
    field.setFixedWidth(200)
    assert [text for text, why in wrong(clipped, stage) if "field has 200" in why]


# --- fitting ---------------------------------------------------------------------------------------------------------


def test_a_dialog_larger_than_its_window_is_found(stage, qtbot):
    dialog = Dialog(stage, title="快捷键", verb="知道了")
    dialog.open()
    assert wrong(fitting, dialog) == []
    dialog.resize(dialog.width(), stage.height() + 200)
    assert "px at the bottom" in wrong(fitting, dialog)[0][1]
    dialog.close()


# --- tofu, wording, contrast -----------------------------------------------------------------------------------------


def test_a_missing_glyph_and_a_foreign_font_are_found(stage):
    label = put(stage, Label("李䶮　4\u2009812"))
    assert wrong(tofu, stage) == []
    label.setText("隐患\ue000")
    assert wrong(tofu, stage) == [("隐患\ue000", "the bundled font lacks U+E000")]
    other = put(stage, Inked())
    other.paintEvent = lambda _event: None
    assert "\ue000" in wrong(tofu, stage)[0][0]


def test_a_sentence_in_the_other_language_is_found(stage):
    put(stage, Label("同步"), Label("今天没有安排"), Label(FIRM))
    assert wrong(wording, stage) == []
    words().switch("en")
    assert [text for text, _ in wrong(wording, stage)] == ["今天没有安排"]


@pytest.mark.parametrize(("theme", "ink", "is_found"), [
    ("light", "#16202e", False),
    ("light", "#9aa3b0", True),
    ("light", "#ffffff", True),
    ("sunlight", "#555555", False),
    ("sunlight", "#707070", True),
])  # fmt: skip
def test_pale_ink_is_found(stage, theme, ink, is_found):
    look().set_theme(theme)
    put(stage, Inked(ink=ink))
    assert bool(wrong(contrast, stage)) is is_found


def test_the_ground_is_what_the_picture_shows(stage):
    put(stage, Inked(ink="#ffffff", ground="#1b55c4"))
    assert wrong(contrast, stage) == []
    put(stage, Inked(ink="#16202e", ground="#1b55c4"))
    assert len(wrong(contrast, stage)) == 1


def test_disabled_words_may_be_pale_but_not_in_sunlight(stage):
    pale = put(stage, Inked(ink="#9aa3b0"))
    pale.setEnabled(False)
    assert wrong(contrast, stage) == []
    look().set_theme("sunlight")
    assert len(wrong(contrast, stage)) == 1


# --- overlap, naming, keys -------------------------------------------------------------------------------------------


def test_texts_and_controls_that_run_into_each_other_are_found(stage):
    box = put(stage, QWidget())
    box.setFixedSize(300, 80)
    first, then = Button("核发", parent=box), Button("作废", parent=box)
    first.setGeometry(20, 20, 90, 36)
    then.setGeometry(130, 20, 90, 36)
    first.show()
    then.show()
    assert wrong(overlap, stage) == []
    then.move(90, 20)
    assert any("shares 20×36 px" in why for _, why in wrong(overlap, stage))
    label = Label("同行执法人员", elide=False, parent=box)
    label.setGeometry(QRect(40, 24, 120, 24))
    label.show()
    assert any("runs into" in why for _, why in wrong(overlap, stage))


def test_what_floats_over_the_window_is_no_overlap(stage):
    put(stage, Label("示例甲仓储有限公司", elide=False))
    popup = Label("常见隐患", elide=False, parent=stage)
    popup.setGeometry(stage.column.itemAt(0).geometry().adjusted(0, 2, 0, 6))
    popup.show()
    assert wrong(overlap, stage) == []


def test_a_control_without_a_name_or_a_role_is_found(stage):
    put(stage, Button("核发"), RowList(name="隐患"))
    assert wrong(naming, stage) == []
    put(stage, QPushButton())
    assert [why.split(",")[0] for _, why in wrong(naming, stage)] == ["no name"]
    plain = put(stage, QWidget())
    plain.setAccessibleName("卡片")
    plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    plain.setFixedSize(80, 40)
    assert any("no role" in why for _, why in wrong(naming, stage))


def test_a_key_bound_twice_and_a_key_of_the_input_method_are_found(stage):
    button = put(stage, Button("核发"))
    bind_key(stage, "F8", button.click)
    assert wrong(key_clash, stage) == []
    second = bind_key(button, "F8", button.click)
    assert [text for text, _ in wrong(key_clash, stage)] == ["F8"]
    second.setEnabled(False)
    bind_key(stage, "Ctrl+.", button.click)
    assert wrong(key_clash, stage) == [("Ctrl+.", "belongs to the input method")]
    button.hide()
    assert len(wrong(key_clash, stage)) == 1


# --- screens, pictures, sheet ----------------------------------------------------------------------------------------


def test_key_screens_are_seen_in_every_dress_and_the_rest_in_two():
    assert [batch(one.name) for one in BATCHES] == list(BATCHES)
    assert {one.name for one in SCREENS if one.is_key} == {"today", "workspace", "notice", "sync"}
    assert sum(expected(one, ["sync"]) for one in BATCHES) == 2 * 3 * len(DRESSES)
    assert sum(expected(one, ["keys"]) for one in BATCHES) == 4
    assert batch("1280x800@150").logical == (853, 533)
    assert batch("1920x1080@200").logical == (960, 540)
    assert len({one.name for one in SCREENS}) == len(SCREENS)


def test_a_place_that_has_no_line_of_its_own_is_seen_too():
    assert [one.name for one in screens(Stage.OPEN, ("today", "ledger"))][-1] == "ledger"


@pytest.fixture
def guide(qtbot, profile, tasks):
    made = Guide(doors(profile), tasks, PASSPHRASE, (1280, 800))
    yield made
    made.close()


def test_the_main_screens_have_no_fault(guide):
    found = faults(guide.window)
    unlock(guide)
    for place in guide.frame.places():
        guide.go(place.id)
        found += faults(guide.front())
    guide.press("F1")
    found += faults(guide.front())
    assert [fault.told() for fault in found] == []


def test_the_guide_presses_only_keys_that_answer(guide):
    unlock(guide)
    with pytest.raises(LookupError, match="no shortcut F2"):
        guide.press("F2")
    guide.press("Ctrl+N")
    assert isinstance(guide.front(), Dialog)
    guide.clear()
    assert guide.front() is guide.window


def test_one_batch_pictures_checks_and_leaves_the_profile_alone(qapp, profile, tmp_path, capsys):
    before = {path.name: path.read_bytes() for path in profile.iterdir()}
    asked = ["--out", str(tmp_path), "--profile", str(profile), "--passphrase", PASSPHRASE, "--batch", "1280x800@100"]
    wanted = [word for name in ("welcome", "trouble", "unlock", "today") for word in ("--screen", name)]
    assert screenshots.main([*asked, *wanted]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["screen"] for line in lines] == ["welcome", "trouble", "unlock"] + ["today"] * 6
    image = QImage(str(tmp_path / "today-dark-en-100.png"))
    assert (image.width(), image.height()) == (1280, 800)
    assert {path.name: path.read_bytes() for path in profile.iterdir()} == before


def test_the_sheet_holds_all_pictures_in_the_order_of_the_screens(qapp, tmp_path):
    names = ["sync-dark-en-100", "today-new-light-zh-100", "today-light-zh-100"]
    for name in names:
        picture = QImage(1280, 800, QImage.Format.Format_RGB32)
        picture.fill(0xFF1B55C4)
        assert picture.save(str(tmp_path / f"{name}.png"))
    paths = ordered([tmp_path / f"{name}.png" for name in names])
    assert [path.stem for path in paths] == ["today-light-zh-100", "today-new-light-zh-100", "sync-dark-en-100"]
    draw(paths, tmp_path / "sheet.png")
    sheet = QImage(str(tmp_path / "sheet.png"))
    assert sheet.pixelColor(240, 200).name() == "#1b55c4"


def test_alike_faults_are_told_in_one_paragraph():
    seeing = Seeing()
    seeing.faults = [
        ("today", f"1280x800/{dress}-100", Fault("clipped", f"Card/RowList[{dress}]", "示例…", "elided"))
        for dress in ("light-zh", "dark-zh")
    ]
    (told,) = seeing.report()
    assert told.splitlines() == [
        "today: clipped: Card/RowList  (2 times)",
        "    “示例…” elided",
        "    in 1280x800/light-zh-100  1280x800/dark-zh-100",
    ]
