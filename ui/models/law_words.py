"""Statutes in words: whether a text holds, since when, what is wrong with a citation, why a file was refused."""

from __future__ import annotations

from inspector.law.statute_library import ArticleText, CitationFault, Fault, Force, Shelved
from inspector.law.statute_search import Hit
from inspector.law.statute_text import Refusal
from inspector.services.library import LawLine, LibraryReport
from ui.text import tr
from ui.theme.status import Badge, badge
from ui.widgets.rows import Row


def force_badge(force: Force) -> Badge:
    """Return 现行有效, 已废止, 尚未施行, 未公布 or 待核: word, shape and colour."""
    if force is Force.IN_FORCE:
        return badge("law.valid")
    if force is Force.REPEALED:
        return badge("law.repealed")
    if force is Force.NOT_YET:
        return Badge(word=tr("尚未施行"), icon="clock-hour-4", fg="warn", bg="warnBg", line="warnLine")
    if force is Force.UNPUBLISHED:
        return Badge(word=tr("未公布"), icon="file-x", fg="danger", bg="dangerBg", line="dangerLine")
    return Badge(word=tr("待核"), icon="scale", fg="warn", bg="warnBg", line="warnLine")


def span_word(shelved: Shelved) -> str:
    """Return since when a version holds, and until when if it ended."""
    if shelved.begins is None:
        return tr("{day} 公布，施行日期待核", day=shelved.statute.published)
    if shelved.ends is None:
        return tr("{day} 起施行", day=shelved.begins)
    return tr("{first} 至 {last}", first=shelved.begins, last=shelved.ends)


def version_word(shelved: Shelved) -> str:
    """Return the short name of a version: the year in which it was published."""
    return tr("{year} 年文本", year=shelved.statute.published.year)


def place_word(text: ArticleText) -> str:
    """Return the citation's place as it is copied: 第九十九条第一款第（二）项."""
    from inspector.law.citation_text import citation

    spot = text.spots[0] if text.spots else None
    if spot is None or len(text.spots) > 1:
        return text.citation().text()
    return citation(text.shelved.law, text.shelved.title, spot).text()


def law_row(line: LawLine) -> Row:
    """Return a law of the list."""
    shown = line.holding or line.versions[-1]
    second = tr("{span}　{n} 条", n=line.articles, span=span_word(shown))
    return Row(id=f"law:{line.law}", title=line.short, second=second, badges=(force_badge(line.force),))


def hit_row(number: int, hit: Hit) -> Row:
    """Return a hit of the list: law and article, its heading, the words around the hit."""
    where = hit.article.label
    if hit.spots and (hit.spots[0].paragraph or hit.spots[0].item):
        from inspector.law.citation_text import citation

        said = citation("", "", hit.spots[0])
        where = said.article + said.paragraph + said.item
    return Row(
        id=f"hit:{number}",
        title=hit.shelved.short if hit.is_law else f"{hit.shelved.short}\u3000{where}",
        second=hit.snippet,
        marks=hit.marks,
        beside=version_word(hit.shelved) if hit.force is Force.REPEALED else "",
        badges=(force_badge(hit.force),),
    )


def fault_words(fault: CitationFault) -> str:
    """Return one sentence on what is wrong with a citation."""
    cited = fault.citation.article + fault.citation.paragraph + fault.citation.item
    if fault.kind is Fault.NO_ARTICLE:
        return tr("没有{cited}：现行文本共 {n} 条", cited=cited, n=fault.most)
    if fault.kind is Fault.NO_PARAGRAPH:
        return tr("没有{cited}：本条共 {n} 款", cited=cited, n=fault.most)
    if fault.kind is Fault.NO_ITEM:
        return tr("没有{cited}：所引条款共 {n} 项", cited=cited, n=fault.most)
    if fault.kind is Fault.REPEALED:
        return tr("已于 {day} 后失效", day=fault.ends) if fault.ends else tr("已废止")
    if fault.kind is Fault.NOT_YET:
        return tr("{day} 起才施行", day=fault.begins) if fault.begins else tr("尚未施行")
    return tr("未公布，不得作为依据")


def refusal_words(refusal: Refusal) -> str:
    """Return why a file was not taken in."""
    words = {
        "unreadable": tr("不是 UTF-8 文本，或含有乱码"),
        "too_large": tr("文件过大"),
        "no_title": tr("没有标题（# 法规名称）"),
        "no_info_end": tr("没有 <!-- INFO END --> 标记"),
        "no_date": tr("文件名和沿革都没有公布日期"),
        "no_article": tr("没有条文（第…条）"),
        "article_order": tr("条号重复或倒退"),
        "duplicate": tr("同一法规同一版本已有另一文件"),
        "io": tr("读不出文件"),
    }
    why = words.get(refusal.reason, refusal.reason)
    return tr("第 {n} 行：{why}", n=refusal.line, why=why) if refusal.line else why


def report_words(report: LibraryReport) -> str:
    """Return what an import did, in one sentence."""
    if report.is_cancelled:
        return tr("已停止，法规库没有变化")
    if not report.sha256:
        return tr("没有读到法规，法规库没有变化")
    return tr("新增 {n} 个文本，替换 {m} 个；共 {laws} 部法规，{articles} 条", n=report.added, m=report.replaced,
              laws=report.laws, articles=report.articles)  # fmt: skip
