"""How to reach the screens of the statute library: empty, an article on paper, hits, what an import refused."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ui.looking.guide import Guide
from ui.views.library.view import LibraryView

_HEAD = "# {title}\n\n{history}\n\n<!-- INFO END -->\n\n"
_OLD = """## 第一章 总则

第一条 为了演示法规库，编写本条例。

第二条 示例区内的仓库适用本条例。

第三条 本条例自2016年1月1日起施行。
"""
_NEW = """## 第一章 总 则

第一条 为了演示法规库怎样显示条文、怎样标出所引的款和项，编写本条例。本条例由演示程序生成，没有任何机关公布过它。

第二条 示例区内的仓库适用本条例。

## 第二章 仓库的责任

### 第一节 出口和通道

第三条 仓库应当遵守下列规定：

（一）安全出口、疏散通道保持畅通，不得占用、堵塞、封闭，门向疏散方向开启；

（二）通道按照下列要求设置：

1.标明方向；

2.夜间照明；

（三）货物分类、分垛堆放，与墙、柱保持距离。

前款第（一）项所称畅通，是指任何时候都可以由一个成年人不借助工具通过。

仓库的负责人每天检查一次，并作记录。

## 第三章 法律责任

第四条 仓库违反本条例第三条第一款规定的，责令限期改正；逾期不改正的，处二千元以上二万元以下的罚款。

第五条 本条例自2024年8月1日起施行。
"""
_LAWS = {
    "示例区仓储安全条例(2015-12-01).md": ("示例区仓储安全条例", "2015年12月1日 示例通过", _OLD),
    "示例区仓储安全条例(2024-05-20).md": ("示例区仓储安全条例", "2024年5月20日 示例修订", _NEW),
    "示例区消防示范条例(2027-01-01).md": ("示例区消防示范条例", "2027年1月1日 示例通过", _OLD.replace("2016", "2028")),
}
_BROKEN = {
    "示例倒序(2020-01-01).md": "# 示例\n<!-- INFO END -->\n第三条 后。\n第二条 前。\n",
    "示例空白.md": "没有标题\n",
}


def _view(guide: Guide) -> LibraryView:
    guide.go("library")
    guide.wait()
    return guide.find(LibraryView)


def _import(guide: Guide, broken: dict[str, str] | None = None) -> LibraryView:
    view = _view(guide)
    with TemporaryDirectory() as scratch:
        for name, (title, history, body) in _LAWS.items():
            (Path(scratch) / name).write_text(_HEAD.format(title=title, history=history) + body, encoding="utf-8")
        for name, text in (broken or {}).items():
            (Path(scratch) / name).write_text(text, encoding="utf-8")
        view.desk.start(Path(scratch))
        guide.wait(lambda: not view.desk.is_running)
    guide.wait()
    return view


def empty(guide: Guide) -> None:
    """No texts yet."""
    _view(guide)


def article(guide: Guide) -> None:
    """An item of an article, reached by its citation."""
    _import(guide)
    guide.go("library", "law:示例区仓储安全条例:第三条:第一款:第（一）项:")
    guide.wait()


def hits(guide: Guide) -> None:
    """Hits of a word, the first open."""
    view = _import(guide)
    view.search.field.setText("条例")
    guide.wait(lambda: bool(view.search.list.rows()) and view.search.list.rows()[0].id.startswith("hit:"))
    guide.wait()


def fault(guide: Guide) -> None:
    """A citation of an item that isn't there."""
    _import(guide)
    guide.go("library", "law:示例区仓储安全条例:第三条:第一款:第（九）项:")
    guide.wait()


def report(guide: Guide) -> None:
    """What an import refused, file by file."""
    _import(guide, _BROKEN)


def unsearched(guide: Guide) -> None:
    """Empty the search field again."""
    guide.find(LibraryView).search.field.clear()
    guide.wait()


def gloved(guide: Guide) -> None:
    """An article under gloves."""
    article(guide)
    guide.press("Alt+G")
