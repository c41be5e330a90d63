"""Statutes come in from Markdown whole: structure, days of effect, refusals with their line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.errors import PackDamaged
from inspector.law import article_numbers, pinyin, statute_text, statutes
from inspector.law.article_numbers import ArticleNumber
from inspector.law.statute_lines import LineRefused
from inspector.law.statutes import StatuteVersion
from tests.unit.law.statute_material import FOLDER, versions

HEAD = "# 示例条例\n\n2020年1月1日 示例通过\n\n<!-- INFO END -->\n\n"


def parsed(body: str, file: str = "示例(2020-01-01).md", head: str = HEAD) -> StatuteVersion:
    return statute_text.parse((head + body).encode(), file)


def body_of(data: bytes) -> str:
    text = data.decode("utf-8-sig").split(statute_text.INFO_END, 1)[1]
    lines = (line.lstrip("#") if line.startswith("##") else line for line in text.splitlines())
    return "".join("".join(lines).split())


def printed(version: StatuteVersion) -> str:
    return "".join("".join(statutes.printed(version)).split())


def test_structure_of_the_invented_statute() -> None:
    new = max(versions(), key=lambda one: one.published)
    assert [article.label for article in new.articles()] == [
        "第一条", "第二条", "第三条", "第四条", "第四条之一", "第五条", "第六条", "第七条",
    ]  # fmt: skip
    third = next(article for article in new.articles() if article.no == 3)
    assert [len(paragraph.items) for paragraph in third.paragraphs] == [3, 0]
    assert [sub.label for sub in third.paragraphs[0].items[1].subs] == ["1.", "2."]
    fifth = next(article for article in new.articles() if article.no == 5)
    assert [(item.label, item.no) for item in fifth.paragraphs[0].items] == [("(一)", 1), ("(二)", 2)]
    assert [(part.heading, part.depth) for part in new.parts][:3] == [
        ("第一章 总 则", 2), ("第二章 仓库的责任", 2), ("第一节 出口和通道", 3),
    ]  # fmt: skip
    assert new.parts[0].syllables == "di yi zhang zong ze"


def test_a_line_that_refers_to_an_article_is_a_paragraph() -> None:
    new = max(versions(), key=lambda one: one.published)
    second = next(article for article in new.articles() if article.no == 2)
    assert [paragraph.text[:4] for paragraph in second.paragraphs] == ["示例区内", "第一条所"]


def test_days_of_both_versions() -> None:
    told = {one.published: (one.in_force_from, one.told_by) for one in versions()}
    assert told == {
        date(2015, 3, 1): (date(2015, 6, 1), "last_article"),
        date(2024, 5, 20): (date(2024, 8, 1), "last_article"),
    }


@pytest.mark.parametrize(
    ("history", "last", "begins", "told_by"),
    [
        ("2020年1月1日 示例通过\n2020年3月1日 施行", "本条例自2019年1月1日起施行。", date(2020, 3, 1), "history"),
        ("2010年1月1日 通过\n2020年1月1日 修正", "本条例自2010年5月1日起施行。", None, ""),
        ("2020年1月1日 示例公布", "本条例自公布之日起施行。", date(2020, 1, 1), "publication"),
        ("2010年1月1日 公布\n2020年1月1日 修订", "本条例自公布之日起施行。", None, ""),
        ("2020年1月1日 示例通过", "本条例自2020年 9月31日起施行。", None, ""),
        ("2020年1月1日 示例通过", "没有写明。", None, ""),
    ],
)
def test_where_a_text_says_from_when_it_holds(history: str, last: str, begins: date | None, told_by: str) -> None:
    read = parsed(f"第一条 {last}", head=f"# 示例条例\n{history}\n<!-- INFO END -->\n")
    assert (read.in_force_from, read.told_by) == (begins, told_by)


def test_the_day_of_publication_comes_from_the_history_where_the_name_has_none() -> None:
    assert parsed("第一条 甲。", "示例.md").published == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("text", "file", "line", "reason"),
    [
        ("没有标题\n<!-- INFO END -->\n第一条 甲。", "a.md", 2, "no_title"),
        ("# 甲\n第一条 甲。", "a.md", 2, "no_info_end"),
        (HEAD + "没有条文。", "示例(2020-01-01).md", 7, "no_article"),
        (HEAD + "第一条 甲。\n\n第一条 乙。", "示例(2020-01-01).md", 9, "article_order"),
        (HEAD + "第三条 甲。\n第二条 乙。", "示例(2020-01-01).md", 8, "article_order"),
        (HEAD + "第一条 甲\ufffd。", "示例(2020-01-01).md", 7, "unreadable"),
        ("# 甲\n<!-- INFO END -->\n第一条 甲。", "甲.md", 1, "no_date"),
    ],
)
def test_a_file_that_cannot_be_parsed_is_refused_with_the_line(text: str, file: str, line: int, reason: str) -> None:
    with pytest.raises(LineRefused) as refused:
        statute_text.parse(text.encode(), file)
    assert (refused.value.line, refused.value.reason) == (line, reason)


def test_the_others_come_in(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.md"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "坏(2020-01-01).md").write_bytes(HEAD.encode() + b"\xff\xfe")
    (tmp_path / "抄(2024-05-20).md").write_bytes((FOLDER / "示例仓储安全条例(2024-05-20).md").read_bytes())
    (tmp_path / "README.md").write_text("no statute")
    told: list[tuple[int, int]] = []
    taken, refused = statute_text.read_folder(tmp_path, lambda done, of: told.append((done, of)))
    assert len(taken) == 2
    assert {(one.line, one.reason) for one in refused} == {(7, "unreadable"), (0, "duplicate")}
    assert told[-1] == (4, 4)
    nothing, _ = statute_text.read_folder(tmp_path, is_cancelled=lambda: True)
    assert nothing == ()


def test_a_gap_is_kept_and_told() -> None:
    assert parsed("第一条 甲。\n第三条 乙。").gaps == ("第三条",)


def test_a_file_of_texts_is_the_same_whatever_their_order() -> None:
    read = versions()
    data = statutes.encode(reversed(read))
    assert data == statutes.encode(read)
    assert statutes.decode(data) == tuple(sorted(read, key=lambda one: one.published))
    for broken in (b"{", data.replace(b'"schema_version":1', b'"schema_version":2')):
        with pytest.raises(PackDamaged):
            statutes.decode(broken)


def test_no_character_of_the_invented_statute_is_lost() -> None:
    for version in versions():
        assert printed(version) == body_of((FOLDER / version.file).read_bytes())


def test_no_character_of_a_real_statute_is_lost(shared_data: Path) -> None:
    read, refused = statute_text.read_folder(shared_data / "statutes")
    assert refused == ()
    assert len(read) == 30
    for version in read:
        assert printed(version) == body_of((shared_data / "statutes" / version.file).read_bytes()), version.file
        assert version.gaps == ()


_MARKED = ["（一）甲；", "(二)乙", "1.丙", "## 第一章 丁", "第一条的规定", "<!-- 注 -->", "下列： （一）甲； （二）乙"]
_LINES = st.lists(
    st.one_of(st.text("甲乙。，：；（）()一二1.、 \u3000#第条", max_size=12), st.sampled_from(_MARKED)), max_size=12
)


@given(st.lists(_LINES, min_size=1, max_size=6))
def test_no_character_of_any_text_is_lost(articles: list[list[str]]) -> None:
    body = "\n".join(f"第{article_numbers.chinese(n)}条 甲\n" + "\n".join(lines) for n, lines in enumerate(articles, 1))
    try:
        read = parsed(body)
    except LineRefused:
        return
    kept = (line.lstrip("#") if line.strip().startswith("##") else line for line in body.splitlines())
    source = "".join("".join(line for line in kept if "<!--" not in line).replace("#", "").split())
    assert printed(read).replace("#", "") == source


@given(st.integers(1, 9999))
def test_numbers_go_there_and_back(value: int) -> None:
    assert article_numbers.number(article_numbers.chinese(value)) == value


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("第十条", ArticleNumber(10)),
        ("第一百零二条", ArticleNumber(102)),
        ("第一百一十四条", ArticleNumber(114)),
        ("第一百三十四条之一", ArticleNumber(134, 1)),
        ("第二十条", ArticleNumber(20)),
    ],
)
def test_labels_of_articles(label: str, number: ArticleNumber) -> None:
    assert article_numbers.article_number(label) == number
    assert number.label() == label
    for wrong in ("第条", "第十条甲", "第零条", "十条"):
        assert article_numbers.article_number(wrong) is None


def test_pinyin_of_a_heading() -> None:
    assert pinyin.syllables("第二章 出口") == "di er zhang chu kou"
