"""What an expected error says to the officer: what happened · what is safe · what to do.

    told = message(error);  view.say(told.title, told.text, icon=told.icon, color=told.color)
    row.show_error(reason(error))      the short sentence under a field (InvalidInput)
A test demands a sentence in both languages for every code of inspector/errors.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from inspector.errors import Fact, InspectorError, StorageFull
from ui.models.moments import bytes_word
from ui.reasons import film_fault, invalid, not_allowed, printer_fault, refused, untrusted
from ui.text import tr

Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Message:
    """Three parts, each a clause without a full stop; `safe` and `todo` may be empty."""

    happened: str
    safe: str = ""
    todo: str = ""
    icon: str = "filled/alert-triangle"
    color: str = "warn"

    @property
    def title(self) -> str:
        """What happened."""
        return self.happened

    @property
    def text(self) -> str:
        """What is safe and what to do, as sentences."""
        stop = tr("。")
        return "".join(f"{part}{stop}" for part in (self.safe, self.todo) if part).strip()

    @property
    def sentence(self) -> str:
        """All three in one line."""
        stop = tr("。")
        return "".join(f"{part}{stop}" for part in (self.happened, self.safe, self.todo) if part).strip()


def message(error: InspectorError) -> Message:
    """Return the words of an error in the language that is on."""
    return SENTENCES[error.code](error.facts)


def reason(error: InspectorError) -> str:
    """Return the one clause that says what is wrong, for the line under a field."""
    return message(error).happened


def only_to_read(trouble: InspectorError) -> Message:
    """Return the words for a vault that was unlocked though nothing can be written (App.trouble)."""
    full = isinstance(trouble, StorageFull)
    return Message(
        tr("磁盘已满，现在只能查看") if full else tr("磁盘不能写入，现在只能查看"),
        tr("已保存的内容都在"),
        tr("请腾出空间，之后照常保存，不必重新打开") if full else tr("请检查磁盘，好了以后照常保存"),
        color="danger",
    )


def bug() -> Message:
    """Return the words for a fault of the program itself."""
    return Message(
        tr("程序出错，这一步没有完成"),
        tr("已显示“已保存”的内容都在"),
        tr("请重试；若再次出现，请重新打开程序"),
        color="danger",
    )


def _cancelled(_facts: Facts) -> Message:
    return Message(tr("已停止"), tr("已完成的部分都在"))


def _error(_facts: Facts) -> Message:
    return Message(tr("这一步没有完成"), tr("已保存的内容不受影响"), tr("请重试"))


def _invalid_input(facts: Facts) -> Message:
    return Message(invalid(facts), tr("已填内容仍在"), tr("请改正后再试"))


def _not_found(_facts: Facts) -> Message:
    return Message(tr("没有找到这条记录"), tr("其他内容不受影响"), tr("请返回列表重新选择"))


def _not_allowed(facts: Facts) -> Message:
    return Message(*not_allowed(facts))


def _wrong_passphrase(_facts: Facts) -> Message:
    return Message(tr("口令不对"), tr("数据未受影响"), tr("请检查大写锁定和输入法后重新输入"))


def _pin_refused(facts: Facts) -> Message:
    left = facts.get("tries_left") or 0
    if not left:
        return Message(tr("PIN 已锁定"), tr("文书草稿已保存"), tr("请由本人用口令登录一次后再确认"))
    return Message(tr("PIN 不对，还可以试 {n} 次", n=left), tr("文书草稿已保存"), tr("请第二名执法人员本人输入"))


def _store_damaged(facts: Facts) -> Message:
    return Message(
        tr("数据文件 {file} 读不出来", file=facts.get("file") or ""),
        tr("程序没有改动它，已送总部的内容在总部"),
        tr("请勿删除该文件，联系管理员恢复"),
        color="danger",
    )


def _storage_full(facts: Facts) -> Message:
    needed, free = facts.get("needed"), facts.get("free")
    if isinstance(needed, int) and isinstance(free, int):
        return Message(
            tr("磁盘放不下：需要 {needed}，只剩 {free}", needed=bytes_word(needed), free=bytes_word(free)),
            tr("还没有开始导入，存储卡没有改动"),
            tr("请腾出空间后重试，或分批导入"),
            color="danger",
        )
    return Message(
        tr("磁盘已满，刚才这一步没有保存"), tr("此前已保存的内容都在"), tr("请腾出空间后重试"), color="danger"
    )


def _storage_failed(_facts: Facts) -> Message:
    return Message(
        tr("磁盘读写失败，刚才这一步没有保存"), tr("此前已保存的内容都在"), tr("请检查磁盘后重试"), color="danger"
    )


def _store_busy(_facts: Facts) -> Message:
    return Message(tr("数据正忙，刚才这一步没有保存"), tr("已填内容仍在"), tr("请稍等几秒再试"))


def _already_open(_facts: Facts) -> Message:
    return Message(tr("这份数据已在另一个窗口打开"), tr("数据未受影响"), tr("请切换到已打开的窗口，或先关闭它"))


def _store_too_new(_facts: Facts) -> Message:
    return Message(tr("这份数据由更新版本的程序写成"), tr("没有作任何改动"), tr("请安装新版本后再打开"))


def _profile_missing(facts: Facts) -> Message:
    return Message(
        tr("这个文件夹里没有数据：{folder}", folder=facts.get("folder") or ""), "", tr("请先登记，或试用示例单位")
    )


def _chain_broken(facts: Facts) -> Message:
    return Message(
        tr("操作记录第 {seq} 条校验不符", seq=facts.get("seq") or "?"),
        tr("原记录保持原样，没有改动"),
        tr("请停止使用本机，联系管理员核查"),
        color="danger",
    )


def _evidence_refused(facts: Facts) -> Message:
    return Message(refused(facts), tr("原文件没有改动，其他文件不受影响"), tr("请换一个文件再试"))


def _evidence_missing(_facts: Facts) -> Message:
    return Message(tr("本机缺少这份原件"), tr("它的指纹和记录都在"), tr("如已送总部，可向总部取回"), color="danger")


def _bundle_unreadable(facts: Facts) -> Message:
    return Message(
        tr("“{file}”读不出来，没有核对", file=facts.get("file") or ""),
        tr("文件没有改动"),
        tr("请确认选的是证据包，存储设备没有拔出"),
    )


def _film_failed(facts: Facts) -> Message:
    happened, todo = film_fault(facts)
    return Message(happened, tr("录像原件没有改动，其他内容不受影响"), todo)


def _camera_failed(facts: Facts) -> Message:
    known = {
        "none": (tr("找不到这个相机"), tr("请检查相机是否插好、是否被开关或挡板关闭，或换一个相机")),
        "busy": (tr("相机没有画面，可能正被别的程序使用"), tr("请关闭正在用相机的程序后重试")),
    }
    happened, todo = known.get(str(facts.get("reason")), (tr("相机断开了"), tr("请插好相机后重新打开")))
    return Message(happened, tr("已采用的照片都已保存"), todo)


def _glyph_missing(facts: Facts) -> Message:
    return Message(
        tr(
            "没有字体能打印“{char}”（{code}）",
            char=facts.get("character") or "",
            code=facts.get("codepoint") or "",
        ),
        tr("草稿已保存，编号未占用"),
        tr("请核对该字，或请管理员补充字体"),
    )


def _numbers_exhausted(facts: Facts) -> Message:
    return Message(
        tr("{year} 年的编号已用完", year=facts.get("year") or ""),
        tr("草稿已保存"),
        tr("联网同步一次即可取得新编号"),
    )


def _gate_closed(facts: Facts) -> Message:
    return Message(
        tr("还有 {n} 项必须处理，暂不能核发", n=facts.get("count") or ""),
        tr("草稿已保存"),
        tr("请按右侧体检结果逐项处理"),
    )


def _fonts_missing(facts: Facts) -> Message:
    return Message(
        tr("字体没有安装：{folder}", folder=facts.get("folder") or ""),
        tr("数据未受影响"),
        tr("请运行 packaging/setup.sh fonts 后再打开"),
    )


def _spooler_missing(_facts: Facts) -> Message:
    return Message(
        tr("本机的打印服务没有运行"), tr("文书与编号已保存，未重复占号"), tr("请重启电脑后重试，或存为 PDF 以后补打")
    )


def _printer_failed(facts: Facts) -> Message:
    return Message(*printer_fault(facts), icon="printer-off")


def _pack_damaged(facts: Facts) -> Message:
    return Message(
        tr("法规包文件 {file} 校验不符", file=facts.get("file") or ""), tr("检查记录不受影响"), tr("请重新安装程序")
    )


def _pack_refused(facts: Facts) -> Message:
    first = str(facts.get("faults") or "").partition("\n")[0]
    return Message(
        tr("法规包有 {count} 处错误，整包不予安装：{first}", count=facts.get("count") or 0, first=first),
        tr("现有法规包继续使用"),
        tr("请把错误告诉制作法规包的人"),
    )


def _pack_untrusted(facts: Facts) -> Message:
    return Message(
        tr("法规包的签名者不受信任（公钥 {key}…）", key=str(facts.get("signer") or "")[:16]),
        tr("现有法规包继续使用"),
        tr("请向总部索取由总部签名的法规包"),
    )


def _seal_refused(facts: Facts) -> Message:
    words = {
        "passphrase": (tr("印章证书打不开：口令不对，或者不是 PKCS#12 文件"), tr("请核对证书文件和口令")),
        "no_key": (tr("证书文件里没有签名密钥"), tr("请选择含私钥的印章证书")),
        "no_certificate": (tr("证书文件里没有证书"), tr("请选择含私钥的印章证书")),
        "not_valid": (
            tr(
                "印章证书不在有效期内（{first} 至 {last}）",
                first=facts.get("first") or "",
                last=facts.get("last") or "",
            ),
            tr("请更换有效的印章证书"),
        ),
        "no_place": (tr("这份文书没有落款日期，不知道印章盖在哪里"), tr("可以只签名，不盖印章图样")),
        "pdf": (tr("这份 PDF 不能再签名"), tr("请导出文书，交由管理员检查")),
    }
    what, then = words.get(str(facts.get("reason") or ""), (tr("文书没有盖章"), ""))
    return Message(what, tr("已核发的文书没有改动"), then)


def _proof_unreadable(_facts: Facts) -> Message:
    return Message(
        tr("没有找到文书的核验码"), tr("文书和记录不受影响"), tr("请正对二维码、靠近一些、避开反光，再试一次")
    )


def _offline(_facts: Facts) -> Message:
    return Message(
        tr("连不上总部"),
        tr("全部内容保存在本机，离线可照常检查"),
        tr("有网络时再同步，将从断点继续"),
        icon="cloud-off",
        color="text2",
    )


def _hq_refused(facts: Facts) -> Message:
    return Message(refused_by_hq(facts), tr("内容仍在本机，没有丢失"), tr("请把这句话告诉总部管理员"))


def _hq_untrusted(facts: Facts) -> Message:
    return Message(
        untrusted(facts),
        tr("没有采用对方的任何内容，本机数据未受影响"),
        tr("请核对总部地址，并联系管理员"),
        color="danger",
    )


def refused_by_hq(facts: Facts) -> str:
    """Return what headquarters said no to."""
    if facts.get("status") == 401:
        return tr("总部不认识这台电脑，可能已被停用")
    if facts.get("title") == "protocol":
        return tr("总部的版本与本机不配")
    if facts.get("title") == "fork":
        return tr("总部持有的本机记录与本机不一致")
    said = " ".join(str(facts.get(name) or "") for name in ("title", "detail")).strip()
    return tr("总部没有接受：{said}", said=said or facts.get("status") or "")


SENTENCES: dict[str, Callable[[Facts], Message]] = {
    "error": _error,
    "cancelled": _cancelled,
    "invalid_input": _invalid_input,
    "not_found": _not_found,
    "not_allowed": _not_allowed,
    "wrong_passphrase": _wrong_passphrase,
    "pin_refused": _pin_refused,
    "store_damaged": _store_damaged,
    "storage_full": _storage_full,
    "storage_failed": _storage_failed,
    "store_busy": _store_busy,
    "already_open": _already_open,
    "store_too_new": _store_too_new,
    "profile_missing": _profile_missing,
    "chain_broken": _chain_broken,
    "evidence_refused": _evidence_refused,
    "evidence_missing": _evidence_missing,
    "film_failed": _film_failed,
    "camera_failed": _camera_failed,
    "bundle_unreadable": _bundle_unreadable,
    "glyph_missing": _glyph_missing,
    "numbers_exhausted": _numbers_exhausted,
    "gate_closed": _gate_closed,
    "fonts_missing": _fonts_missing,
    "spooler_missing": _spooler_missing,
    "printer_failed": _printer_failed,
    "pack_damaged": _pack_damaged,
    "pack_refused": _pack_refused,
    "pack_untrusted": _pack_untrusted,
    "proof_unreadable": _proof_unreadable,
    "seal_refused": _seal_refused,
    "offline": _offline,
    "hq_refused": _hq_refused,
    "hq_untrusted": _hq_untrusted,
}
